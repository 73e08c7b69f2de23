/** `/v1/jobs/{job}/decisions` and `/observations`: ask for a run, tell what came of it. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { WattbanditError } from '../worker/errors';
import type { NamedAsk } from '../worker/outsideRuns';
import type { OutsideRun } from '../workflows/outsideMessages';
import { askId } from '../workflows/messages';
import { decisionAnswer } from './answers';
import type { GatewayApp } from './app';
import type { Backend } from './backend';
import * as shapes from './shapes';

const ask = z
  .strictObject({
    slot: shapes.slot.optional(),
    attempt: z.int().min(1).default(1),
    gpus: shapes.gpus.optional(),
  })
  .refine(({ slot, attempt }) => slot !== undefined || attempt === 1, {
    path: ['attempt'],
    message: 'needs slot: that of the attempt before',
  });
const runParams = shapes.jobParams.extend({ slot: shapes.slot, attempt: z.coerce.number().int().min(1) });
const page = z.strictObject({ limit: z.coerce.number().int().min(1).max(100).default(20) });

export function addRunRoutes(app: GatewayApp, { jobs, runs }: Backend): void {
  app.route({
    method: 'POST',
    url: '/v1/jobs/:job/decisions',
    config: { role: 'operator' },
    schema: {
      summary: 'Ask for the decision of a run; under the same slot or key the answer is the same',
      params: shapes.jobParams,
      headers: shapes.keyHeaders,
      body: ask,
      response: { 201: shapes.decision },
    },
    handler: async ({ params: { job }, body, headers }, reply) => {
      const run = await runs.ask(job, namedAsk(body, headers['idempotency-key']));
      return reply.code(201).send(answerOf(job, run));
    },
  });
  app.route({
    method: 'GET',
    url: '/v1/jobs/:job/decisions',
    config: { role: 'viewer' },
    schema: {
      summary: 'The latest decisions, newest first',
      params: shapes.jobParams,
      querystring: page,
      response: { 200: z.object({ decisions: z.array(shapes.decision) }) },
    },
    handler: async ({ params: { job }, query: { limit } }) => {
      const [{ spec: terms }, { slots }] = await Promise.all([jobs.facts(job), jobs.ledger(job)]);
      const all = slots.flatMap(({ slot, attempts }) =>
        attempts.map((run, i) => decisionAnswer({ job, slot, attempt: i + 1, run, terms })),
      );
      return { decisions: all.toReversed().slice(0, limit) };
    },
  });
  app.route({
    method: 'GET',
    url: '/v1/jobs/:job/decisions/:slot/:attempt',
    config: { role: 'viewer' },
    schema: {
      summary: 'One decision, and what came of it',
      params: runParams,
      response: { 200: shapes.decision },
    },
    handler: async ({ params: { job, slot, attempt } }) => {
      const id = askId(slot, attempt);
      const run = await runs.find(job, { id });
      if (run !== undefined) return answerOf(job, run);
      throw new WattbanditError('notFound', `Cannot find decision ${id} of job ${job}: none is remembered.`);
    },
  });
  app.route({
    method: 'POST',
    url: '/v1/jobs/:job/observations',
    config: { role: 'operator' },
    schema: {
      summary: 'Tell what came of a run; told again, it counts once',
      params: shapes.jobParams,
      body: shapes.toldObservation,
      response: { 200: shapes.told },
    },
    handler: async ({ params: { job }, body: { decisionId: id, ...told } }) => {
      const { answer } = await runs.tell(job, { id, ...told });
      return answer;
    },
  });
}

function namedAsk({ slot, attempt, gpus }: z.output<typeof ask>, key: string | undefined): NamedAsk {
  const of = gpus === undefined ? {} : { gpus };
  return slot === undefined ? { ...of, key: key ?? randomUUID() } : { ...of, slot, attempt };
}

function answerOf(job: string, { slot, attempt, run, job: terms }: OutsideRun) {
  return decisionAnswer({ job, slot, attempt, run, terms });
}
