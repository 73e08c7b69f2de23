/** A task of Airflow in TypeScript that asks the bandit of a job over Temporal itself, trains, and tells: no gateway in between. */
import { Client, Connection } from '@temporalio/client';
import type { JsonValue, TaskClient, TaskHandler, TaskHandlerArgs } from 'apache-airflow-ts-sdk';
import { type OutsideRun, OutsideRuns, type OutsideTell } from 'wattbandit/outside';

/** Seconds, and joules of all GPUs together. */
export type Trained = Omit<OutsideTell, 'id'>;
export type Train = (run: OutsideRun, args: TaskHandlerArgs) => Promise<Trained>;

export interface AskingOptions {
  /** Airflow's connection to Temporal: host, port, schema (the namespace), password (an API key). */
  readonly connection?: string;
}

/** Airflow's tries are attempts at one slot, which the bandit names at the first. The task's XCom is what was decided and told. */
export function asking(
  job: string,
  train: Train,
  { connection = 'temporal_default' }: AskingOptions = {},
): TaskHandler {
  return async (args) =>
    connected(args.client, connection, async (runs) => {
      const run = await ask(runs, job, args);
      const id = run.run.decision.id;
      const trained = await train(run, args).catch(async (error: unknown) => {
        await runs.tell(job, { id, ...lost(error) });
        throw error;
      });
      const { answer } = await runs.tell(job, { id, ...trained });
      if (trained.outcome !== 'converged') throw new Error(`run ${id} of job ${job} ended as ${trained.outcome}`);
      const { batchSize } = run.run.decision;
      const { epochs, seconds, joules } = trained;
      return { id, batchSize, epochs, seconds, joules, counted: answer.counted } satisfies JsonValue;
    });
}

async function ask(runs: OutsideRuns, job: string, { ctx }: TaskHandlerArgs): Promise<OutsideRun> {
  const first = await runs.ask(job, { key: `${ctx.dagId}/${ctx.runId}/${ctx.taskId}/${ctx.mapIndex}` });
  return ctx.tryNumber === 1 ? first : runs.ask(job, { slot: first.slot, attempt: ctx.tryNumber });
}

async function connected<T>(airflow: TaskClient, id: string, work: (runs: OutsideRuns) => Promise<T>): Promise<T> {
  const { host, port, schema, password } = await airflow.getConnectionOrThrow(id);
  const connection = await Connection.connect({
    address: `${host ?? '127.0.0.1'}:${port ?? 7233}`,
    ...(password ? { apiKey: password, tls: true } : {}),
  });
  try {
    return await work(new OutsideRuns(new Client({ connection, namespace: schema || 'default' })));
  } finally {
    await connection.close();
  }
}

function lost(error: unknown): Trained {
  const detail = error instanceof Error ? error.message : String(error);
  const nothing = { epochs: 0, seconds: 0, joules: 0, measurements: [], reachedEpochLimit: false };
  return { ...nothing, outcome: 'infrastructure', detail: detail.slice(0, 500) };
}
