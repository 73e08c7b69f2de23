/** Follows a run to its end: reads the meter at each event, holds the limits that the follower wants, probes when it may. */
import { cancellationDetails, cancellationSignal } from '@temporalio/activity';
import type { Gpus } from '../../policy/facts';
import type { Decision } from '../../policy/policy';
import type { HeldPower } from '../gpu/hold';
import type { Meter } from '../gpu/meter';
import type { Reading } from '../gpu/profile';
import type { Ending, Follower } from './follow';
import { probeOthers } from './probe';
import type { TrainingEvent, TrainingRun } from './trainer';

export interface Ended {
  readonly ending: Ending;
  readonly reading: Reading;
}

export interface RunUnderWay {
  readonly run: TrainingRun;
  readonly follower: Follower;
  readonly meter: Meter;
  readonly power: HeldPower;
  readonly decision: Decision;
  readonly gpus: Gpus;
  /** Aborted when going on is in vain. */
  readonly lost: AbortSignal;
}

export async function followRun(underWay: RunUnderWay): Promise<Ended> {
  const { run, follower, meter, power, lost } = underWay;
  const signal = AbortSignal.any([cancellationSignal(), lost]);
  let reading: Reading = { epochs: 0, seconds: 0, joules: 0 };
  let probing = true;
  for (;;) {
    const event = await nextUnlessStopped(run, signal);
    if (event === undefined) return { ending: { outcome: 'operator', reachedEpochLimit: false }, reading };
    reading = { epochs: epochsAfter(event, reading), seconds: event.atSeconds, joules: await meter.joules() };
    const ending = follower.see(event, reading);
    if (ending !== undefined) return { ending, reading };
    await power.setPowerLimit(follower.limitWatts);
    if (probing) probing = !(await probeOnce(underWay, reading));
  }
}

/** A trainer may report whole epochs only, and one that resumes from a checkpoint reports some twice. */
function epochsAfter(event: TrainingEvent, { epochs }: Reading): number {
  switch (event.kind) {
    case 'progress':
      return Math.max(epochs, event.epochs);
    case 'epoch':
      return Math.max(epochs, event.epoch);
    case 'failed':
      return epochs;
  }
}

/** Probes as soon as the run's own speed is known. Answers whether it did. */
async function probeOnce({ run, follower, meter, decision, gpus }: RunUnderWay, reading: Reading): Promise<boolean> {
  const running = follower.runningAt(reading);
  if (running === undefined) return false;
  const probed = await probeOthers(run, running, decision, gpus);
  const seconds = probed.reduce((sum, probe) => sum + probe.seconds, reading.seconds);
  if (probed.length > 0) follower.notice(probed, { ...reading, seconds, joules: await meter.joules() });
  return true;
}

/** Undefined once somebody cancelled the recurrence. A worker that shuts down is no such thing: another one trains on. */
async function nextUnlessStopped(run: TrainingRun, signal: AbortSignal): Promise<TrainingEvent | undefined> {
  try {
    return await nextUnlessAborted(run, signal);
  } catch (error) {
    if (cancellationDetails()?.cancelRequested) return undefined;
    throw error;
  }
}

/** Not a race with `cancelled()`: over a long run, that promise would gather a reaction for every event. */
function nextUnlessAborted(run: TrainingRun, signal: AbortSignal): Promise<TrainingEvent> {
  return new Promise((resolve, reject) => {
    const cancel = () => reject(signal.reason);
    if (signal.aborted) return cancel();
    signal.addEventListener('abort', cancel);
    run
      .next()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', cancel));
  });
}
