/** The five routes of Zeus's batch size server, so that its client trains against us unchanged: register, predict, report, end, delete. */
import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { WattbanditError } from '../../worker/errors';
import type { OutsideRun, OutsideTell } from '../../workflows/outsideMessages';
import { requireJob } from '../access';
import { type GatewayApp, callerOf, stackOf } from '../app';
import type { Backend } from '../backend';
import { externalNote } from '../external';
import { InvalidRequest, retryAfterSeconds } from '../problem';
import { keyHeaders } from '../shapes';
import { type NamedZeusSpec, type ZeusRules, isSame, jobSpecFor, nameOf } from './job';
import {
  type ReportAnswer,
  type TrialId,
  jobQuery,
  reportAnswer,
  trainingResult,
  trialId,
  zeusSpec,
  zeusSpecAnswer,
} from './messages';
import { ZeusRefusal, unforeseen, zeusAnswer, zeusErrorAnswer, zeusTag } from './refusals';
import { RecentTrials } from './recentTrials';
import { judge, lost } from './report';

export interface ZeusOptions {
  readonly rules: ZeusRules;
  /** Told of what nobody foresaw. */
  readonly say: (text: string) => void;
}

export async function addZeusRoutes(parent: GatewayApp, backend: Backend, { rules, say }: ZeusOptions): Promise<void> {
  const { jobs, runs } = backend;
  const trials = new RecentTrials();

  /** The trial of this number, if it has this batch size. */
  async function find(trial: TrialId, status: 400 | 404): Promise<OutsideRun> {
    const { job_id: job, batch_size: batchSize, trial_number: number } = trial;
    const words = `job_id='${job}' batch_size=${batchSize} trial_number=${number}`;
    const [ofJob, ofTrial] =
      status === 400
        ? [`Unknown job ${job}`, `Unknown trial ${words}`]
        : [`Could not find the trial: ${words}`, `Could not find the trial: ${words}`];
    const unknownJob = new ZeusRefusal(status, ofJob);
    const known = trials.find(job, number) ?? (await orRefuse(unknownJob, () => runs.find(job, { number })));
    if (known?.run.decision.batchSize !== batchSize) throw new ZeusRefusal(status, ofTrial);
    return trials.keep(job, known);
  }

  async function tell(job: string, told: OutsideTell): Promise<OutsideRun> {
    const unknown = new ZeusRefusal(400, `Unknown trial: job_id='${job}' was registered anew`);
    try {
      const { run } = await orRefuse(unknown, () => runs.tell(job, told));
      return trials.keep(job, run);
    } catch (error) {
      if (error === unknown) trials.forget(job);
      throw error;
    }
  }

  await parent.register(async (app: GatewayApp) => {
    speakAsZeus(app, say);

    app.post(
      '/jobs',
      {
        config: { role: 'operator' },
        schema: {
          summary: 'Zeus: register a job',
          tags: [zeusTag],
          body: zeusSpec,
          response: { 200: zeusSpecAnswer, 201: zeusSpecAnswer, 409: zeusErrorAnswer(409) },
        },
      },
      async (request, reply) => {
        const spec = nameOf(request.body);
        requireJob(callerOf(request), spec.job_id);
        const created = await register(backend, spec, rules);
        return reply.code(created ? 201 : 200).send(spec);
      },
    );

    app.get(
      '/jobs/batch_size',
      {
        config: { role: 'operator' },
        schema: {
          summary: 'Zeus: the batch size of the next trial',
          tags: [zeusTag],
          querystring: jobQuery,
          headers: keyHeaders,
          response: { 200: trialId, 400: zeusErrorAnswer(400) },
        },
      },
      async (request, reply) => {
        const { job_id: job } = request.query;
        requireJob(callerOf(request), job);
        const unknown = new ZeusRefusal(400, `Unknown job(${job}). Please register the job first`);
        const key = request.headers['idempotency-key'] ?? randomUUID();
        const asked = await orRefuse(unknown, () => runs.ask(job, { key }));
        const { run } = trials.keep(job, asked);
        const answer: TrialId = {
          job_id: job,
          batch_size: run.decision.batchSize,
          trial_number: run.outside?.number ?? 0,
        };
        return reply.send(answer);
      },
    );

    app.post(
      '/report',
      {
        config: { role: 'operator' },
        schema: {
          summary: 'Zeus: report an epoch',
          tags: [zeusTag],
          body: trainingResult,
          response: { 200: reportAnswer, 400: zeusErrorAnswer(400) },
        },
      },
      async (request, reply) => {
        const { body } = request;
        requireJob(callerOf(request), body.job_id);
        const known = await find(body, 400);
        const earlier = earlierAnswer(known, body);
        if (earlier !== undefined) return reply.send(earlier);
        const verdict = judge(body, known);
        if (verdict.kind === 'goesOn') return reply.send(verdict.answer);
        const recorded = await tell(body.job_id, verdict.told);
        // Somebody else may have been faster.
        const isOurs = recorded.run.observation?.outcome === verdict.told.outcome;
        const first = isOurs ? undefined : earlierAnswer(recorded, body);
        return reply.send(first ?? verdict.answer);
      },
    );

    app.patch(
      '/trials',
      {
        config: { role: 'operator' },
        schema: {
          summary: 'Zeus: end a trial, if it has no result',
          tags: [zeusTag],
          body: trialId,
          response: { 200: z.null() },
        },
      },
      async (request, reply) => {
        const { body } = request;
        requireJob(callerOf(request), body.job_id);
        const known = await find(body, 404);
        if (known.run.observation === undefined) await tell(body.job_id, lost(known));
        return sendNull(reply);
      },
    );

    app.delete(
      '/jobs',
      {
        config: { role: 'admin' },
        schema: { summary: 'Zeus: delete a job', tags: [zeusTag], querystring: jobQuery, response: { 200: z.null() } },
      },
      async (request, reply) => {
        const { job_id: job } = request.query;
        requireJob(callerOf(request), job);
        trials.forget(job);
        await orRefuse(new ZeusRefusal(404, 'No job was deleted.'), () => jobs.delete(job));
        return sendNull(reply);
      },
    );
  });
}

/** Its client names no content type, and its errors have a shape of their own. */
function speakAsZeus(app: FastifyInstance, say: (text: string) => void): void {
  // What it answers is written as it is: the schemas are for who reads the document.
  app.setSerializerCompiler(() => JSON.stringify);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, async (_request: unknown, body: string) => JSON.parse(body));
  app.setErrorHandler((error, request, reply) => {
    const { status, body } = zeusAnswer(error) ?? unforeseen;
    if (status === unforeseen.status) say(`${request.method} ${request.routeOptions.url ?? ''}: ${stackOf(error)}`);
    if (status === 401) void reply.header('www-authenticate', 'Basic, Bearer');
    if (status === 503) void reply.header('retry-after', retryAfterSeconds);
    return reply.code(status).send(body);
  });
}

/** Fastify takes null for nothing at all; FastAPI writes it. */
function sendNull(reply: FastifyReply): FastifyReply {
  return reply.type('application/json').send('null');
}

/** Whether it is new. @throws ZeusRefusal 409 */
async function register({ jobs }: Backend, spec: NamedZeusSpec, rules: ZeusRules): Promise<boolean> {
  const ours = jobSpecFor(spec, rules);
  if (ours === undefined)
    throw new InvalidRequest('body', [
      { path: 'job_id', message: 'must be 1 to 100 letters, digits, dots, dashes or underscores' },
    ]);
  try {
    return (await jobs.create(ours, { paused: true, note: externalNote })) === 'created';
  } catch (error) {
    if (!(error instanceof WattbanditError) || error.remedy !== 'conflict') throw error;
    if (isSame(spec, await jobs.describe(spec.job_id))) return false;
    const words = "JobSpec doesn't match with existing jobSpec. Use a new job_id for different configuration";
    throw new ZeusRefusal(409, words);
  }
}

/** @throws ZeusRefusal for a trial that was ended without a result */
function earlierAnswer({ run }: OutsideRun, { trial_number: number }: TrialId): ReportAnswer | undefined {
  const outcome = run.observation?.outcome;
  if (outcome === undefined) return undefined;
  const measured = outcome === 'converged' || outcome === 'tooDear' || outcome === 'diverged';
  if (!measured) throw new ZeusRefusal(400, `Trial(${number}) is already reported but converged is not set.`);
  const message = `Result for this trial(${number}) is already reported.`;
  return { stop_train: true, converged: outcome === 'converged', message };
}

/** What Temporal does not know, in Zeus's words. */
async function orRefuse<T>(refusal: ZeusRefusal, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw error instanceof WattbanditError && error.remedy === 'notFound' ? refusal : error;
  }
}
