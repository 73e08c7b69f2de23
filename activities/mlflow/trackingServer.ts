/** A tracking server of MLflow, by its REST API 2.0. Publishing a run twice leaves one. */
import { z } from 'zod';
import { askBearer } from '../bearerApi';
import { jsonOf } from '../json';
import type { MlflowSettings } from './settings';
import { type TrackedRun, idTag } from './trackedRun';

export interface TrackingServer {
  /** @throws Error with what the server said, without the token */
  publish(run: TrackedRun): Promise<void>;
}

const patienceMs = 10_000;
const apiPath = '/api/2.0/mlflow/';
/** MLflow's own limits. */
const longest = { param: 500, tag: 5000 };

const experimentAnswer = z.looseObject({
  experiment: z.looseObject({ experiment_id: z.string(), lifecycle_stage: z.string() }),
});
const createdExperiment = z.looseObject({ experiment_id: z.string() });
const runSchema = z.looseObject({ info: z.looseObject({ run_id: z.string(), status: z.string() }) });
const searchAnswer = z.looseObject({ runs: z.array(runSchema).default([]) });
const createdRun = z.looseObject({ run: runSchema });
const problem = z.looseObject({ error_code: z.string(), message: z.string().default('') });

export function createTrackingServer(settings: MlflowSettings): TrackingServer {
  const { experiment } = settings;
  const ask = (path: string, body?: object) => request(settings, path, body);
  return {
    async publish(run) {
      const experimentId = await experimentIdOf(experiment, ask);
      const found = await findRun(run, experimentId, ask);
      if (found !== undefined && found.status !== 'RUNNING') return;
      const runId = found?.run_id ?? (await createRun(run, experimentId, ask));
      await ask('runs/log-batch', batchOf(run, runId));
      // Last: a run without it is filled again.
      await ask('runs/update', { run_id: runId, status: run.status, end_time: run.endedAt.getTime() });
    },
  };
}

type Ask = (path: string, body?: object) => Promise<Answer>;

type Answer = { readonly kind: 'ok'; readonly body: unknown } | { readonly kind: 'refused'; readonly code: string };

/** Another worker may make it in the same moment: MLflow says so with status 400, so the code is what counts. */
async function experimentIdOf(name: string, ask: Ask): Promise<string> {
  const found = await ask(`experiments/get-by-name?experiment_name=${encodeURIComponent(name)}`);
  if (found.kind === 'ok') {
    const { experiment_id: id, lifecycle_stage: stage } = experimentAnswer.parse(found.body).experiment;
    if (stage === 'active') return id;
    throw new Error(`Cannot publish to MLflow's experiment ${name}: it was deleted; restore it, or name another.`);
  }
  const created = await ask('experiments/create', { name });
  return created.kind === 'ok' ? createdExperiment.parse(created.body).experiment_id : experimentIdOf(name, ask);
}

async function findRun({ id }: TrackedRun, experimentId: string, ask: Ask) {
  // MLflow's filters have no escape; ids of runs have no double quotes.
  const filter = `tags.\`${idTag}\` = "${id}"`;
  const answer = await ask('runs/search', { experiment_ids: [experimentId], filter, max_results: 1 });
  return searchAnswer.parse(bodyOf(answer)).runs[0]?.info;
}

async function createRun(
  { name, tags, endedAt, metrics }: TrackedRun,
  experimentId: string,
  ask: Ask,
): Promise<string> {
  const answer = await ask('runs/create', {
    experiment_id: experimentId,
    run_name: name,
    start_time: endedAt.getTime() - Math.round((metrics['seconds'] ?? 0) * 1000),
    tags: pairsOf(tags, longest.tag),
  });
  return createdRun.parse(bodyOf(answer)).run.info.run_id;
}

/** One value of each metric, at the end: the same point told again is the same point. */
function batchOf({ params, metrics, endedAt }: TrackedRun, runId: string) {
  const at = { timestamp: endedAt.getTime(), step: 0 };
  return {
    run_id: runId,
    params: pairsOf(params, longest.param),
    metrics: Object.entries(metrics).map(([key, value]) => ({ key, value, ...at })),
  };
}

function pairsOf(values: Readonly<Record<string, string>>, most: number) {
  return Object.entries(values).map(([key, value]) => ({ key, value: value.slice(0, most) }));
}

function bodyOf(answer: Answer): unknown {
  if (answer.kind === 'ok') return answer.body;
  throw new Error(`Cannot publish to MLflow: it answered ${answer.code}.`);
}

/** What is there already, or is not, is an answer; all else is an error. */
const answers = ['RESOURCE_ALREADY_EXISTS', 'RESOURCE_DOES_NOT_EXIST'];

async function request({ trackingUri, token }: MlflowSettings, path: string, body?: object): Promise<Answer> {
  const api = { name: 'MLflow', url: trackingUri, token, patienceMs };
  const { ok, status, text, clean } = await askBearer(api, `${apiPath}${path}`, body);
  if (ok) return { kind: 'ok', body: JSON.parse(text) };
  const said = problem.safeParse(jsonOf(text)).data;
  if (said !== undefined && answers.includes(said.error_code)) return { kind: 'refused', code: said.error_code };
  const words = clean(said?.message ?? text).slice(0, 300);
  throw new Error(`Cannot publish to MLflow at ${new URL(trackingUri).host}: it answered ${status}: ${words}`);
}
