/** A power profile that Zeus saved: for each limit, the energy and the time of so many training steps. */
import { z } from 'zod';
import { ruleFor } from '../yamlRules';
import { cannotImport, messageOf, problemsIn, readText } from './input';
import type { Row, Source } from './rows';

const mostBytes = 1024 * 1024;
const mostLimits = 1000;

/** Watts, joules over all GPUs, seconds. Zeus thinks in milliwatts inside; no GPU takes as many watts. */
const measurement = z.strictObject({
  power_limit: z.number().positive().max(10_000, 'must be in watts'),
  energy: z.number().positive(),
  time: z.number().positive(),
});
/** What `GlobalPowerLimitOptimizer` saves, or the list alone. */
const profile = z.union([z.strictObject({ measurements: z.array(z.unknown()) }), z.array(z.unknown())]);

/** What the file leaves out: it is of one batch size, and counts steps instead of epochs. */
export interface ProfiledRun {
  readonly batchSize: number;
  /** In each window; Zeus's default is 40. */
  readonly profileSteps: number;
  readonly stepsPerEpoch: number;
}

/** @throws WattbanditError */
export async function readZeusProfile(file: string, run: ProfiledRun): Promise<Source> {
  const parsed = profile.safeParse(parseJson(file, await readText(file, mostBytes)));
  if (!parsed.success)
    throw cannotImport(file, 'it must be a list of power_limit, energy and time, or have it as `measurements`');
  const list = Array.isArray(parsed.data) ? parsed.data : parsed.data.measurements;
  if (list.length > mostLimits) throw cannotImport(file, `it has more than ${mostLimits} measurements`);
  return {
    donor: { name: `zeus-profile batch size ${run.batchSize}`, target: null, gpuCount: null },
    rows: list.map((each, index) => rowOf(each, index, run)),
  };
}

/** Each limit is an observation of its own: nobody trained to the end, so it teaches what was measured and nothing else. */
function rowOf(value: unknown, index: number, { batchSize, profileSteps, stepsPerEpoch }: ProfiledRun): Row {
  const place = `measurement ${index + 1}`;
  const parsed = measurement.safeParse(value, { error: ruleFor });
  if (!parsed.success) return { kind: 'dropped', place, why: problemsIn(parsed.error) };
  const { power_limit: powerLimitWatts, energy: joules, time: seconds } = parsed.data;
  const secondsPerEpoch = (seconds / profileSteps) * stepsPerEpoch;
  const measured = {
    batchSize,
    powerLimitWatts,
    secondsPerEpoch,
    averageWatts: joules / seconds,
    source: 'profile',
  } as const;
  const facts = { batchSize, powerLimitWatts, seconds, joules, measurements: [measured], outcome: 'operator' } as const;
  const detail = 'a window of a power profile';
  return {
    kind: 'read',
    place,
    key: JSON.stringify(measured),
    doubts: [],
    facts: { ...facts, detail, gpuModel: null, epochs: 0, at: null },
  };
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw cannotImport(file, `it is not JSON: ${messageOf(error)}`, error);
  }
}
