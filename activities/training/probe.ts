/** Mid-run probing: times a few throw-away steps at other batch sizes, as the decision's plan asks for. */
import { maxPowerWatts } from '../../policy/cost';
import type { Gpus, PowerMeasurement } from '../../policy/facts';
import type { Decision } from '../../policy/policy';
import { type Probed, nextProbe } from '../../policy/probes';
import type { Probe, TrainingRun } from './trainer';

/** Probes until the plan has enough, in the order taken; nothing where there is no plan or the trainer cannot probe. */
export async function probeOthers(
  run: TrainingRun,
  running: PowerMeasurement,
  { probes: plan, objective: { eta } }: Decision,
  gpus: Gpus,
): Promise<readonly Probed[]> {
  if (plan === null || run.probe === undefined) return [];
  const probed: Probed[] = [];
  for (;;) {
    const batchSize = nextProbe(plan, { running, probed, eta, maxPowerWatts: maxPowerWatts(gpus) });
    if (batchSize === null) return probed;
    const probe = await run.probe(batchSize);
    probed.push({ batchSize, seconds: probe.seconds, measurement: measurementOf(probe, batchSize, running) });
  }
}

function measurementOf(probe: Probe, batchSize: number, running: PowerMeasurement): PowerMeasurement | null {
  if (probe.kind === 'outOfMemory') return null;
  const { secondsPerEpoch, averageWatts } = probe;
  return { batchSize, powerLimitWatts: running.powerLimitWatts, secondsPerEpoch, averageWatts, source: 'probe' };
}
