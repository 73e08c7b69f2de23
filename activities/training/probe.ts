/** Mid-run probing: times a few throw-away steps at other batch sizes, as the decision's plan asks for. */
import { maxPowerWatts } from '../../policy/cost';
import type { Gpus, PowerMeasurement } from '../../policy/facts';
import type { Decision } from '../../policy/policy';
import { type Probed, nextProbe } from '../../policy/probes';
import type { Meter } from '../gpu/meter';
import type { TrainingRun } from './trainer';

export interface ProbedSize extends Probed {
  /** Else it was timed, or the trainer cannot train it, which says nothing of memory. */
  readonly outOfMemory: boolean;
}

export interface Probing {
  readonly run: TrainingRun;
  readonly meter: Meter;
  /** The run itself, at the limit that it holds. */
  readonly running: PowerMeasurement;
  readonly decision: Decision;
  readonly gpus: Gpus;
}

/**
 * Probes until the plan has enough, in the order taken; nothing where there is no plan or the trainer cannot probe. A run that
 * ends meanwhile says so itself, by its next event.
 */
export async function probeOthers(probing: Probing): Promise<readonly ProbedSize[]> {
  const { run, running, decision, gpus } = probing;
  const { probes: plan, objective } = decision;
  if (plan === null || run.probe === undefined) return [];
  const probed: ProbedSize[] = [];
  for (;;) {
    const progress = { running, probed, eta: objective.eta, maxPowerWatts: maxPowerWatts(gpus) };
    const batchSize = nextProbe(plan, progress);
    const found = batchSize === null ? undefined : await probe(batchSize, probing);
    if (found === undefined) return probed;
    probed.push(found);
  }
}

/** Undefined once the run has ended. Energy is the meter's, from request to answer. */
async function probe(batchSize: number, { run, meter, running }: Probing): Promise<ProbedSize | undefined> {
  meter.watch(true);
  try {
    const before = await meter.joulesAt(performance.now() / 1000);
    const answer = await run.probe?.(batchSize);
    if (answer === undefined || answer.kind === 'ended') return undefined;
    const { seconds, kind } = answer;
    if (kind !== 'timed') return { batchSize, seconds, measurement: null, outOfMemory: kind === 'outOfMemory' };
    const joules = (await meter.joulesAt(performance.now() / 1000)) - before;
    const { secondsPerEpoch } = answer;
    const at = { batchSize, powerLimitWatts: running.powerLimitWatts, source: 'probe' as const };
    const measurement = joules > 0 ? { ...at, secondsPerEpoch, averageWatts: joules / seconds } : null;
    return { batchSize, seconds, measurement, outOfMemory: false };
  } finally {
    meter.watch(false);
  }
}
