/** Follows a run to its end: reads the meter at each event, holds the limits that the follower wants, probes when it may. */
import { cancellationDetails, cancellationSignal } from '@temporalio/activity';
import type { Gpus } from '../../policy/facts';
import type { Decision } from '../../policy/policy';
import type { HeldPower } from '../gpu/hold';
import type { Meter } from '../gpu/meter';
import { type Reading, nothing } from '../gpu/reading';
import type { Ending } from './ending';
import type { Follower } from './follow';
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

/** What it takes to hold another limit. */
export type Steered = Pick<RunUnderWay, 'run' | 'follower' | 'power'>;

const nowSeconds = () => performance.now() / 1000;

export async function followRun(underWay: RunUnderWay): Promise<Ended> {
  const { follower, meter, lost } = underWay;
  follower.measureBy(meter.energy);
  try {
    const ended = await followUntilStopped(underWay, AbortSignal.any([cancellationSignal(), lost]));
    return { ...ended, ending: follower.remarked(ended.ending) };
  } finally {
    meter.watch(false);
  }
}

async function followUntilStopped(underWay: RunUnderWay, signal: AbortSignal): Promise<Ended> {
  const { run, follower, meter } = underWay;
  let reading: Reading = run.outset ?? nothing;
  try {
    if (reading.epochs > 0) follower.resume(reading);
    await holdLimit(underWay, reading);
    for (let probing = true; ;) {
      meter.watch(follower.isProfiling);
      const event = await unlessAborted(signal, () => run.next());
      const condition = follower.isProfiling ? await meter.condition() : undefined;
      reading = { ...(await readingAt(event, underWay, reading)), epochs: epochsAfter(event, reading) };
      const ending = follower.see(event, reading, condition);
      if (ending !== undefined) return { ending, reading };
      await holdLimit(underWay, reading);
      if (probing) probing = !(await unlessAborted(signal, () => probeOnce(underWay, reading)));
    }
  } catch (error) {
    // Somebody cancelled the recurrence. A worker that shuts down is no such thing: another one trains on.
    if (!signal.aborted || !cancellationDetails()?.cancelRequested) throw error;
    return { ending: { outcome: 'operator', reachedEpochLimit: false }, reading };
  }
}

/** Where it was at the event; what is read late must not make it shrink. */
async function readingAt({ atSeconds }: TrainingEvent, { run, meter }: RunUnderWay, before: Reading) {
  const joules = await meter.joulesAt(run.beganAtSeconds === undefined ? nowSeconds() : run.beganAtSeconds + atSeconds);
  return { seconds: atSeconds, joules: Math.max(before.joules, joules + (run.outset?.joules ?? 0)) };
}

/** A limit that turns out to be another one is followed by the next; each time there is one fewer. */
export async function holdLimit({ run, follower, power }: Steered, reading: Reading): Promise<void> {
  for (let wanted: number | undefined; follower.mayBeSet && wanted !== follower.limitWatts;) {
    wanted = follower.limitWatts;
    const set = await power.setPowerLimit(wanted);
    follower.held(set, run.beganAtSeconds === undefined ? reading.seconds : nowSeconds() - run.beganAtSeconds);
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
  const probed = await probeOthers({ run, meter, running, decision, gpus });
  const seconds = probed.reduce((sum, probe) => sum + probe.seconds, reading.seconds);
  const joules = (run.outset?.joules ?? 0) + (probed.length > 0 ? await meter.joules() : 0);
  if (probed.length > 0) follower.notice(probed, { ...reading, seconds, joules });
  return true;
}

/** Not a race with `cancelled()`: over a long run, that promise would gather a reaction for every event. */
function unlessAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = () => reject(signal.reason);
    if (signal.aborted) return cancel();
    signal.addEventListener('abort', cancel);
    work()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', cancel));
  });
}
