/**
 * Re-weighs speed against energy while one run trains: wakes at each slot of the grid, sets the limit only where it changes. It runs
 * beside the run, on the host that trains it; whatever becomes of it, the run goes on.
 */
import {
  condition,
  continueAsNew,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { SteerActivities, WeighAnswer } from '../activities/carbon/steer';
import { descriptions } from './descriptions';
import { type CarbonTimerInput, lookAgain } from './messages';

const { weighRun, holdRun } = proxyLocalActivities<SteerActivities>({
  startToCloseTimeout: '15s',
  retry: { maximumAttempts: 2 },
});

/** Six or seven events each: far below what a history may hold. */
const mostTicks = 1000;

export async function carbonTimer(input: CarbonTimerInput): Promise<void> {
  const { run, steering } = input;
  let { heldWatts } = input;
  let woken = false;
  setHandler(
    lookAgain,
    () => {
      woken = true;
    },
    { description: descriptions.lookAgain },
  );

  for (let tick = 0; tick < mostTicks && !workflowInfo().continueAsNewSuggested; tick++) {
    const answer = await weighRun({ run, steering });
    if (answer.kind === 'weighed' && answer.powerLimitWatts !== heldWatts) {
      // Where it may not be set now, the next tick tries again.
      const summary = `hold ${answer.powerLimitWatts} W`;
      if (await holdRun.executeWithOptions({ summary }, [run, answer.powerLimitWatts]))
        heldWatts = answer.powerLimitWatts;
    }
    setCurrentDetails(detailsOf(answer, heldWatts));
    woken = false;
    await condition(() => woken, Math.ceil(answer.nextSeconds * 1000), {
      summary: 'until the grid is looked at again',
    });
  }
  await continueAsNew<typeof carbonTimer>({ run, steering, heldWatts });
}

function detailsOf(answer: WeighAnswer, heldWatts: number | null): string {
  if (answer.kind === 'waiting') return 'The power limits are still being measured, or the run has not begun.';
  const held = heldWatts === null ? 'the limit that the run chose' : `${heldWatts} W`;
  return `${answer.explanation}\n\nHeld: ${held}.`;
}
