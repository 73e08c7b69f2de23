/**
 * The leading host of a run over several: whatever limit it sets, the others set too, and what the others draw is its own draw
 * in proportion, corrected whenever they answer.
 */
import { activityInfo, getClient } from '@temporalio/activity';
import type { Observation } from '../../policy/facts';
import { type HeldThere, holdOnCompanions } from '../../workflows/messages';
import type { GpuDriver } from '../gpu/driver';
import type { HeldPower } from '../gpu/hold';
import { createMeter } from '../gpu/meter';

export interface Crew {
  /** Sets a limit on the GPUs of all hosts. */
  readonly power: HeldPower;
  /** Its energy is that of all hosts, spread over the GPUs of this one. */
  readonly gpus: GpuDriver;
  /** The observation with what all hosts really drew, as far as they still answer. */
  settled(observation: Observation): Promise<Observation>;
}

export function alone(power: HeldPower, gpus: GpuDriver): Crew {
  return { power, gpus, settled: async (observation) => observation };
}

export async function lead(own: HeldPower, gpus: GpuDriver, gpuUuids: readonly string[], hosts: number): Promise<Crew> {
  const meter = await createMeter(gpus, gpuUuids);
  // Asked for here: a limit may be set from within another activity.
  const onCompanions = companionsOfThisRun();
  let heldWatts: number | undefined;
  /** What all hosts drew for each joule drawn here. */
  let share = hosts;

  const tell = async (watts: number | null) => {
    const there = await onCompanions(watts);
    const here = await meter.joules();
    const others = there.reduce((sum, { joules }) => sum + joules, 0);
    // Counters tick; of a few joules, no proportion can be told.
    if (here > fewJoules) share = (here + others) / here;
    return { there, joules: here + others };
  };

  return {
    power: {
      async setPowerLimit(watts) {
        const set = await own.setPowerLimit(watts);
        if (set.kind === 'foreign' || set.watts === heldWatts) return set;
        const { there } = await tell(set.watts);
        heldWatts = set.watts;
        const foreign = there.findIndex(({ foreignWatts }) => foreignWatts !== undefined);
        const foreignWatts = there[foreign]?.foreignWatts;
        return foreignWatts === undefined
          ? set
          : { kind: 'foreign', uuid: `of rank ${foreign + 1}`, watts: foreignWatts };
      },
    },
    gpus: multiplied(gpus, () => share),
    async settled(observation) {
      if (!(observation.joules > 0)) return observation;
      const { joules } = await tell(heldWatts ?? null).catch(() => observation);
      const factor = joules / observation.joules;
      const measurements = observation.measurements.map((at) => ({ ...at, averageWatts: at.averageWatts * factor }));
      return { ...observation, joules, measurements };
    },
  };
}

const fewJoules = 100;

function companionsOfThisRun(): (watts: number | null) => Promise<readonly HeldThere[]> {
  const { workflowExecution } = activityInfo();
  if (workflowExecution === undefined) throw new Error('a run over several hosts needs its workflow');
  const { workflowId, runId } = workflowExecution;
  const recurrence = getClient().workflow.getHandle(workflowId, runId);
  return (watts) => recurrence.executeUpdate(holdOnCompanions, { args: [watts] });
}

/** Counters that grow `factor` times as fast. */
function multiplied(driver: GpuDriver, factor: () => number): GpuDriver {
  const counters = new Map<string, { readonly raw: number; readonly joules: number }>();
  return {
    ...driver,
    async energyJoules(uuid) {
      const raw = await driver.energyJoules(uuid);
      const before = counters.get(uuid) ?? { raw, joules: 0 };
      const joules = before.joules + Math.max(0, raw - before.raw) * factor();
      counters.set(uuid, { raw, joules });
      return joules;
    },
  };
}
