/** What is asked of Airflow, in its own words. The two versions of its stable API differ in little of it. */
import { z } from 'zod';
import { AirflowRefusal, type Request, send } from './http';
import { createLogin } from './login';
import type { components } from './openapi';
import type { AirflowServer } from './server';

type Schemas = components['schemas'];

export type DagRun = Pick<Schemas['DAGRunResponse'], 'state' | 'conf'>;
export type TaskState = Schemas['TaskInstanceState'];
/** Later versions may know states of tasks that this one does not. */
export interface TaskInstance extends Pick<Schemas['TaskInstanceResponse'], 'hostname'> {
  readonly state: string | null;
}

const dagAnswer: z.ZodType<Pick<Schemas['DAGResponse'], 'is_paused'>> = z.object({ is_paused: z.boolean() });
const runAnswer: z.ZodType<DagRun> = z.object({
  state: z.enum(['queued', 'running', 'success', 'failed']),
  conf: z.record(z.string(), z.unknown()).nullable(),
});
const taskAnswer: z.ZodType<TaskInstance> = z.object({
  state: z.string().nullable(),
  hostname: z.string().nullable(),
});
const xcomAnswer: z.ZodType<{ value?: unknown }> = z.object({ value: z.unknown() });
const anything = z.unknown();

/** One run of a DAG. */
export interface DagRunName {
  readonly dag: string;
  readonly run: string;
}

export interface AirflowApi {
  isPaused(dag: string): Promise<boolean>;
  unpause(dag: string): Promise<void>;
  /** False if there is a run of this name. */
  trigger(name: DagRunName, conf: Readonly<Record<string, unknown>>): Promise<boolean>;
  run(name: DagRunName): Promise<DagRun>;
  fail(name: DagRunName): Promise<void>;
  task(name: DagRunName, task: string): Promise<TaskInstance>;
  /** Undefined while there is none. */
  xcom(name: DagRunName, task: string, key: string): Promise<unknown>;
}

export function createAirflowApi(server: AirflowServer): AirflowApi {
  const login = createLogin(server);

  async function call<T>(request: Pick<Request<T>, 'method' | 'path' | 'body' | 'schema'>): Promise<T> {
    const path = `/api/${server.api}${request.path}`;
    const credentials = await login.credentials();
    try {
      return await send(server.url, { ...request, path, ...credentials });
    } catch (error) {
      if (!isRefusal(error, 401)) throw error;
      // Tokens end, after a day unless configured otherwise.
      login.drop(credentials);
      return send(server.url, { ...request, path, ...(await login.credentials()) });
    }
  }

  return {
    isPaused: async (id) => (await call({ method: 'GET', path: ofDag(id), schema: dagAnswer })).is_paused,
    async unpause(id) {
      const body: Schemas['DAGPatchBody'] = { is_paused: false };
      await call({ method: 'PATCH', path: `${ofDag(id)}?update_mask=is_paused`, body, schema: anything });
    },
    async trigger({ dag: id, run }, conf) {
      const note = 'started by wattbandit';
      const body: Schemas['TriggerDAGRunPostBody'] = { dag_run_id: run, logical_date: null, conf: { ...conf }, note };
      // Airflow 2 wants none rather than null.
      const { logical_date: _, ...withoutDate } = body;
      try {
        const sent = server.api === 'v1' ? withoutDate : body;
        await call({ method: 'POST', path: `${ofDag(id)}/dagRuns`, body: sent, schema: anything });
        return true;
      } catch (error) {
        if (isRefusal(error, 409)) return false;
        throw error;
      }
    },
    run: (name) => call({ method: 'GET', path: ofRun(name), schema: runAnswer }),
    async fail(name) {
      const body: Schemas['DAGRunPatchBody'] = { state: 'failed' };
      await call({ method: 'PATCH', path: ofRun(name), body, schema: anything });
    },
    task: (name, id) => call({ method: 'GET', path: ofTask(name, id), schema: taskAnswer }),
    async xcom(name, id, key) {
      // Airflow 2 answers with Python's notation otherwise.
      const path = `${ofTask(name, id)}/xcomEntries/${encodeURIComponent(key)}?stringify=false`;
      try {
        return (await call({ method: 'GET', path, schema: xcomAnswer })).value;
      } catch (error) {
        if (isRefusal(error, 404)) return undefined;
        throw error;
      }
    },
  };
}

export function isRefusal(error: unknown, ...statuses: readonly number[]): error is AirflowRefusal {
  return error instanceof AirflowRefusal && statuses.includes(error.status);
}

const ofDag = (dag: string) => `/dags/${encodeURIComponent(dag)}`;
const ofRun = ({ dag, run }: DagRunName) => `${ofDag(dag)}/dagRuns/${encodeURIComponent(run)}`;
const ofTask = (name: DagRunName, task: string) => `${ofRun(name)}/taskInstances/${encodeURIComponent(task)}`;
