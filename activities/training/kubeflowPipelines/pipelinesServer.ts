/** The API server of Kubeflow Pipelines 2.x, as far as a run needs it. */
import { z } from 'zod';
import { askBearer } from '../../bearerApi';
import type { SecretRef } from '../../carbon/secret';
import { jsonOf } from '../../json';
import { invalidRequest } from '../processSettings';
import type { components } from './api';

export interface PipelinesServerOptions {
  /** With `/pipeline` where the dashboard stands in front of it. */
  readonly url: string;
  /** Sent as `Authorization: Bearer`; a service account's token is a file. */
  readonly token?: SecretRef | undefined;
  /** Of an installation for several users. */
  readonly namespace?: string | undefined;
}

/** `ended` with the state in Kubeflow's words. */
export type RunState =
  { readonly kind: 'underWay' } | { readonly kind: 'ended'; readonly state: string; readonly error: string };

export interface FoundRun {
  readonly id: string;
  readonly state: RunState;
}

export interface PipelinesServer {
  /** Its id. */
  experiment(name: string): Promise<string>;
  /** @throws ApplicationFailure `InvalidRequest` if there is none */
  pipeline(name: string, version: string | undefined): Promise<PipelineRef>;
  runsNamed(name: string, experimentId: string): Promise<readonly FoundRun[]>;
  /** Its id. */
  start(run: NewRun): Promise<string>;
  state(runId: string): Promise<RunState>;
  /** Harmless for a run that has ended. */
  terminate(runId: string): Promise<void>;
}

type Schemas = components['schemas'];
export type PipelineRef = Required<Schemas['v2beta1PipelineVersionReference']>;
export type NewRun = Pick<
  Schemas['v2beta1Run'],
  'display_name' | 'experiment_id' | 'pipeline_version_reference' | 'runtime_config'
>;

const patienceMs = 30_000;
const api = '/apis/v2beta1';

const experimentSchema = z.looseObject({ experiment_id: z.string(), display_name: z.string().optional() });
const experiments = z.looseObject({ experiments: z.array(experimentSchema).default([]) });
const pipelineSchema = z.looseObject({ pipeline_id: z.string() });
const versionSchema = z.looseObject({ pipeline_version_id: z.string(), display_name: z.string().optional() });
const versions = z.looseObject({ pipeline_versions: z.array(versionSchema).default([]) });
const runSchema = z.looseObject({
  run_id: z.string(),
  /** Absent for a moment after the first report of the run's agent. */
  state: z.string().optional(),
  error: z.looseObject({ message: z.string().optional() }).optional(),
});
const runs = z.looseObject({ runs: z.array(runSchema).default([]) });
const problem = z.looseObject({ message: z.string().optional(), error_message: z.string().optional() });

const endStates = ['SUCCEEDED', 'FAILED', 'CANCELED', 'SKIPPED'];

export function createPipelinesServer(options: PipelinesServerOptions): PipelinesServer {
  const { namespace } = options;
  const ask = (path: string, body?: object) => request(options, path, body);
  const inNamespace: Readonly<Record<string, string>> = namespace === undefined ? {} : { namespace };
  return {
    async experiment(name) {
      const find = async () => {
        const query = queryOf({ ...inNamespace, filter: nameIs(name) });
        return experiments.parse(await ask(`/experiments?${query}`)).experiments[0]?.experiment_id;
      };
      const found = await find();
      if (found !== undefined) return found;
      try {
        return experimentSchema.parse(await ask('/experiments', { display_name: name, ...inNamespace })).experiment_id;
      } catch (error) {
        // Another worker may have made it in the same moment.
        const made = await find();
        if (made !== undefined) return made;
        throw error;
      }
    },
    async pipeline(name, version) {
      const path = `/pipelines/names/${encodeURIComponent(name)}?${queryOf(inNamespace)}`;
      const { pipeline_id } = pipelineSchema.parse(await ask(path));
      const listed = `/pipelines/${pipeline_id}/versions?${queryOf({ sort_by: 'created_at desc', page_size: '100' })}`;
      const { pipeline_versions: all } = versions.parse(await ask(listed));
      const found = version === undefined ? all[0] : all.find(({ display_name }) => display_name === version);
      if (found !== undefined) return { pipeline_id, pipeline_version_id: found.pipeline_version_id };
      const known = all.map(({ display_name }) => display_name).join(', ') || 'none';
      throw invalidRequest(
        `Cannot find version ${version} of pipeline ${name}: it has ${known}; mend trainer.version.`,
      );
    },
    async runsNamed(name, experimentId) {
      const query = queryOf({ ...inNamespace, experiment_id: experimentId, filter: nameIs(name) });
      return runs.parse(await ask(`/runs?${query}`)).runs.map((run) => ({ id: run.run_id, state: stateOf(run) }));
    },
    async start(run) {
      return runSchema.parse(await ask('/runs', run)).run_id;
    },
    async state(runId) {
      return stateOf(runSchema.parse(await ask(`/runs/${runId}`)));
    },
    async terminate(runId) {
      await ask(`/runs/${runId}:terminate`, {});
    },
  };
}

function nameIs(name: string): string {
  return JSON.stringify({ predicates: [{ operation: 'EQUALS', key: 'name', string_value: name }] });
}

function queryOf(all: Readonly<Record<string, string>>): string {
  return new URLSearchParams(all).toString();
}

function stateOf({ state, error }: z.output<typeof runSchema>): RunState {
  if (state === undefined || !endStates.includes(state)) return { kind: 'underWay' };
  return { kind: 'ended', state, error: error?.message ?? '' };
}

async function request({ url, token }: PipelinesServerOptions, path: string, body?: object): Promise<unknown> {
  const server = { name: 'Kubeflow Pipelines', url, token, patienceMs };
  const { ok, status, text, clean } = await askBearer(server, `${api}${path}`, body);
  if (ok) return text === '' ? {} : JSON.parse(text);
  throw refusalOf(status, clean(wordsOf(text)).slice(0, 400), path);
}

/** What is wrong with the request stays so. A pipeline that is not there is an internal error to Kubeflow, but none that passes. */
function refusalOf(status: number, words: string, path: string): Error {
  const message = `Cannot run in Kubeflow Pipelines: ${path.split('?')[0]} answered ${status}: ${words}`;
  const final = [400, 404, 422].includes(status) || words.includes('ResourceNotFoundError');
  return final ? invalidRequest(`${message}; mend the section trainer of the job file.`) : new Error(message);
}

function wordsOf(text: string): string {
  const { message, error_message: other } = problem.safeParse(jsonOf(text)).data ?? {};
  return message ?? other ?? text;
}
