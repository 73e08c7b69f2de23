/**
 * The database of Zeus's batch size optimizer (`zeus/optimizer/batch_size/server/database/schema.py` of zeus 0.16), as a SQLite file.
 * Trials are the truth; what Zeus believed of its arms is not read.
 */
import { z } from 'zod';
import { ruleFor } from '../yamlRules';
import { cannotImport, problemsIn } from './input';
import { type Row, type RowFacts, type Source, mostRows } from './rows';
import { type Tables, withTables } from './sqliteFile';

const flag = z.union([z.literal(0), z.literal(1)]).transform((value) => value === 1);

const jobRow = z.object({
  job_id: z.string(),
  target_metric: z.number(),
  higher_is_better_metric: flag,
  /** Watts, of all GPUs together. */
  max_power: z.number().positive(),
  number_of_gpus: z.int().positive(),
  gpu_model: z.string(),
});
type JobRow = z.infer<typeof jobRow>;

const ended = { time: z.number().positive(), energy: z.number().positive(), converged: flag };
const notEnded = { time: z.null(), energy: z.null(), converged: z.null() };
const anyTrial = {
  trial_number: z.int().positive(),
  batch_size: z.int().positive(),
  /** Local time of some host, so only differences mean something. */
  start_timestamp: z.string(),
  end_timestamp: z.string().nullable(),
};
const trialRow = z.discriminatedUnion('status', [
  z.object({ ...anyTrial, ...ended, status: z.literal('Succeeded') }),
  z.object({ ...anyTrial, ...notEnded, status: z.literal('Failed') }),
  z.object({ ...anyTrial, ...notEnded, status: z.literal('Dispatched') }),
]);
type TrialRow = z.infer<typeof trialRow>;

/** `job`: its id there; may be left out where there is one. @throws WattbanditError */
export async function readZeusSqlite(file: string, job?: string): Promise<Source> {
  return withTables(file, (tables) => {
    const of = chooseJob(file, tables, job);
    const trials = tables.rows({
      table: 'Trial',
      columns: [...Object.keys(anyTrial), ...Object.keys(ended), 'status'],
      where: { column: 'job_id', is: of.job_id },
      orderBy: 'trial_number',
      most: mostRows + 1,
    });
    if (trials.length > mostRows) throw cannotImport(file, `job ${of.job_id} has more than ${mostRows} trials`);
    const direction = of.higher_is_better_metric ? 'atLeast' : 'atMost';
    return {
      donor: {
        name: `zeus-sqlite ${of.job_id}`,
        target: { value: of.target_metric, direction },
        gpuCount: of.number_of_gpus,
      },
      rows: trials.map((trial) => rowOf(trial, of)),
    };
  });
}

function chooseJob(file: string, tables: Tables, id: string | undefined): JobRow {
  const jobs = tables.rows({ table: 'Job', columns: Object.keys(jobRow.shape), orderBy: 'job_id', most: 1000 });
  const [first, second] = id === undefined ? jobs : jobs.filter(({ job_id: name }) => name === id);
  if (first === undefined || second !== undefined) {
    const names = jobs.slice(0, 10).map(({ job_id: name }) => String(name).slice(0, 100));
    throw cannotImport(file, `choose one of its ${jobs.length} jobs by --zeus-job: ${names.join(', ')}`);
  }
  const parsed = jobRow.safeParse(first, { error: ruleFor });
  if (parsed.success) return parsed.data;
  throw cannotImport(file, `its job ${String(first['job_id']).slice(0, 100)}: ${problemsIn(parsed.error)}`);
}

function rowOf(trial: Readonly<Record<string, unknown>>, job: JobRow): Row {
  const place = `Trial ${String(trial['trial_number'])}`;
  const parsed = trialRow.safeParse(trial, { error: ruleFor });
  if (!parsed.success) return { kind: 'dropped', place, why: problemsIn(parsed.error) };
  const { trial_number: number, status, time, energy } = parsed.data;
  // One that was open when it was imported may have ended since.
  const key = JSON.stringify([number, status, time, energy]);
  return { kind: 'read', place, key, facts: factsOf(parsed.data, job), doubts: doubtsOf(parsed.data, job) };
}

/** A result that did not converge was stopped by Zeus's cost ceiling or its epoch limit; which of them, it does not record. */
function factsOf(trial: TrialRow, { gpu_model: gpuModel }: JobRow): RowFacts {
  const unsaid = { gpuModel, powerLimitWatts: null, epochs: null, at: null, measurements: [] };
  const { batch_size: batchSize, status } = trial;
  if (status === 'Succeeded') {
    const outcome = trial.converged ? 'converged' : 'tooDear';
    return { ...unsaid, batchSize, outcome, seconds: trial.time, joules: trial.energy };
  }
  const detail = status === 'Failed' ? 'Zeus: ended without a result' : 'Zeus: dispatched, and never heard of again';
  return { ...unsaid, batchSize, outcome: 'infrastructure', seconds: 0, joules: 0, detail };
}

/** Clocks and meters have their errors; beyond this share they disagree. */
const tolerance = 1.1;

function doubtsOf(trial: TrialRow, { max_power: most }: JobRow): readonly string[] {
  if (trial.status !== 'Succeeded') return [];
  const watts = trial.energy / trial.time;
  const wallSeconds = trial.end_timestamp === null ? NaN : secondsBetween(trial.start_timestamp, trial.end_timestamp);
  return [
    ...(watts > tolerance * most ? [`drew ${watts.toFixed(0)} W, its GPUs at most ${most} W`] : []),
    ...(wallSeconds * tolerance + 1 < trial.time
      ? [`measured ${trial.time.toFixed(0)} s, but was over after ${wallSeconds.toFixed(0)} s`]
      : []),
  ];
}

/** SQLAlchemy writes `2024-05-01 12:00:00.000000`; both ends are of one clock. */
function secondsBetween(start: string, end: string): number {
  const at = (text: string) => Date.parse(`${text.trim().replace(' ', 'T').slice(0, 23)}Z`);
  return (at(end) - at(start)) / 1000;
}
