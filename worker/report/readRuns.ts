/** The runs of a period, out of Temporal: results of closed recurrences, and from ledgers the attempts that no result tells. */
import { type Client, WorkflowFailedError } from '@temporalio/client';
import type { RecurrenceResult } from '../../workflows/messages';
import type { JobClient } from '../client';
import { type Closed, findClosed } from './closedRecurrences';
import { type Period, type ReportedRun, isIn, reportedRun } from './runs';

export interface Wanted {
  readonly period: Period;
  /** All unless given. */
  readonly jobs: readonly string[];
  /** The most results to read. */
  readonly mostRecurrences: number;
  readonly onProgress: (done: number, total: number) => void;
}

/** What was read, and what could not be. */
export interface Reading {
  readonly recurrences: number;
  /** Ended without a result: failed, cancelled, terminated. What their runs drew is known where a ledger tells it. */
  readonly withoutResult: number;
  /** Runs before the last one of a recurrence that no ledger tells of any more: their energy is missing. */
  readonly missingAttempts: number;
  /** Found, but more than may be read. */
  readonly leftOut: number;
  /** Closed in this period, but their grid's clock, as that of simulated runs, says another time. */
  readonly ofAnotherTime: number;
}

export interface ReadRuns {
  readonly runs: readonly ReportedRun[];
  readonly reading: Reading;
}

const answerMilliseconds = 15_000;
const ledgerMilliseconds = 6000;
const atOnce = 8;

export async function readRuns(client: Client, jobs: JobClient, wanted: Wanted): Promise<ReadRuns> {
  const found = await findClosed(client, wanted.period, wanted.jobs);
  const read = found.slice(0, wanted.mostRecurrences);
  let done = 0;
  const told = await inTurn(read, async (one) => {
    const result = one.completed ? await resultOf(client, one) : undefined;
    wanted.onProgress(++done, read.length);
    return { ...one, result };
  });
  const last = told.flatMap(({ result, closedAt }) =>
    result === undefined ? [] : reportedRun(result.job, result.observation, closedAt),
  );
  const earlier = await earlierAttempts(client, jobs, told);
  const inPeriod = (run: ReportedRun) => isIn(wanted.period, run.endedAt);
  const runs = [...last, ...earlier.runs].filter(inPeriod).toSorted((a, b) => order(a).localeCompare(order(b)));
  return {
    runs,
    reading: {
      recurrences: read.length,
      withoutResult: told.filter(({ result }) => result === undefined).length,
      missingAttempts: earlier.missing,
      leftOut: found.length - read.length,
      ofAnotherTime: told.filter(({ result, closedAt }) => {
        if (result === undefined || !isIn(wanted.period, closedAt)) return false;
        return !inPeriod(reportedRun(result.job, result.observation, closedAt));
      }).length,
    },
  };
}

interface Told extends Closed {
  readonly result: RecurrenceResult | undefined;
}

async function resultOf(client: Client, { workflowId, runId }: Closed): Promise<RecurrenceResult | undefined> {
  const handle = client.workflow.getHandle<() => Promise<RecurrenceResult>>(workflowId, runId);
  try {
    return await client.withDeadline(Date.now() + answerMilliseconds, () => handle.result());
  } catch (error) {
    if (error instanceof WorkflowFailedError) return undefined;
    throw error;
  }
}

/** Only the bandit's ledger knows them, and only of its latest slots. */
async function earlierAttempts(client: Client, jobs: JobClient, told: readonly Told[]) {
  const lacking = told.filter(({ result }) => result === undefined || result.attempts > 1);
  const names = [...new Set(lacking.map(({ job }) => job))];
  const ledgers = new Map(await inTurn(names, async (job) => [job, await attemptsOf(client, jobs, job)] as const));
  const runs = lacking.flatMap((one) => {
    const slot = one.result?.slot ?? one.slot;
    const known = (ledgers.get(one.job) ?? []).filter((run) => run.slot === slot);
    return known.filter(({ attempt }) => attempt !== one.result?.observation.attempt);
  });
  const expected = lacking.reduce((sum, { result }) => sum + (result === undefined ? 0 : result.attempts - 1), 0);
  const ofResults = runs.filter((run) => lacking.some((one) => one.result?.slot === run.slot && one.job === run.job));
  return { runs: uniqueRuns(runs), missing: Math.max(0, expected - uniqueRuns(ofResults).length) };
}

/** Nothing where the job is deleted, or no worker is there to answer. */
async function attemptsOf(client: Client, jobs: JobClient, job: string): Promise<readonly ReportedRun[]> {
  try {
    const { slots } = await client.withDeadline(Date.now() + ledgerMilliseconds, () => jobs.ledger(job));
    return slots.flatMap(({ attempts }) =>
      attempts.flatMap(({ observation, toldAt, decidedAt }) =>
        observation === undefined ? [] : reportedRun(job, observation, toldAt ?? decidedAt),
      ),
    );
  } catch {
    return [];
  }
}

function uniqueRuns(runs: readonly ReportedRun[]): readonly ReportedRun[] {
  return [...new Map(runs.map((run) => [order(run), run])).values()];
}

function order({ job, slot, attempt }: ReportedRun): string {
  return `${job}/${slot}/${String(attempt).padStart(4, '0')}`;
}

/** In the order of what was asked; a few at a time, so that a server is not flooded. */
async function inTurn<From, To>(all: readonly From[], ask: (one: From) => Promise<To>): Promise<readonly To[]> {
  const answers: To[] = [];
  for (let from = 0; from < all.length; from += atOnce)
    answers.push(...(await Promise.all(all.slice(from, from + atOnce).map(ask))));
  return answers;
}
