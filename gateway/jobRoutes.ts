/** `/v1/jobs`: create, list, look at, delete. */
import { z } from 'zod';
import type { ScheduleDescription } from '@temporalio/client';
import { jobSpecSchema, type JobSpec } from '../workflows/contracts';
import { maySee, requireJob } from './access';
import { type GatewayApp, callerOf } from './app';
import type { Backend } from './backend';
import { externalNote, isExternal, requireGpus } from './external';
import { problemAnswer } from './problem';
import * as shapes from './shapes';

const summary = z.object({
  job: z.string(),
  paused: z.boolean(),
  note: z.string().optional(),
  nextSlotAt: z.string().optional(),
  lastSlotAt: z.string().optional(),
});
const slots = z.object({ ran: z.int(), skipped: z.int(), failed: z.int() });
const totals = z.object({
  ...{ decisions: z.int(), told: z.int(), counted: z.int(), quarantined: z.int(), expired: z.int() },
  ...{ joules: z.number(), seconds: z.number(), slots },
});
const created = z.object({ job: z.string(), result: z.enum(['created', 'unchanged']) });
const spec = z.record(z.string(), z.unknown());
const flag = z.enum(['true', 'false']).default('false');

export function addJobRoutes(app: GatewayApp, { jobs }: Backend): void {
  app.route({
    method: 'POST',
    url: '/v1/jobs',
    config: { role: 'operator' },
    schema: {
      summary: 'Create a job; the same once more changes nothing',
      body: jobSpecSchema,
      querystring: z.strictObject({ paused: flag }),
      response: { 200: created, 201: created, 409: problemAnswer(409) },
    },
    handler: async (request, reply) => {
      const { body, query } = request;
      requireJob(callerOf(request), body.job);
      requireGpus(body);
      const result = await jobs.create(body, scheduleStateOf(body, query.paused === 'true'));
      return reply.code(result === 'created' ? 201 : 200).send({ job: body.job, result });
    },
  });
  app.route({
    method: 'GET',
    url: '/v1/jobs',
    config: { role: 'viewer' },
    schema: { summary: 'List the jobs', response: { 200: z.object({ jobs: z.array(summary) }) } },
    handler: async (request) => {
      const caller = callerOf(request);
      return { jobs: (await jobs.list()).filter(({ job }) => maySee(caller, job)) };
    },
  });
  app.route({
    method: 'GET',
    url: '/v1/jobs/:job',
    config: { role: 'viewer' },
    schema: {
      summary: 'One job: its specification, its slots, its totals',
      params: shapes.jobParams,
      response: { 200: summary.extend({ spec, totals }) },
    },
    handler: async ({ params: { job } }) => {
      const [schedule, known, ledger] = await Promise.all([jobs.describe(job), jobs.facts(job), jobs.ledger(job)]);
      return { ...summaryOf(job, schedule), spec: { ...known.spec }, totals: ledger.totals };
    },
  });
  app.route({
    method: 'DELETE',
    url: '/v1/jobs/:job',
    config: { role: 'admin' },
    schema: {
      summary: 'Delete a job and what it learned; histories stay',
      params: shapes.jobParams,
      response: { 204: z.null() },
    },
    handler: async ({ params: { job } }, reply) => {
      await jobs.delete(job);
      return reply.code(204).send(null);
    },
  });
}

/** A Schedule has nobody to train what others train. */
function scheduleStateOf(job: JobSpec, paused: boolean) {
  return isExternal(job) ? { paused: true, note: externalNote } : { paused };
}

function summaryOf(job: string, { state, info }: ScheduleDescription): z.output<typeof summary> {
  const at = (name: 'nextSlotAt' | 'lastSlotAt', instant: Date | undefined) =>
    instant === undefined ? {} : { [name]: instant.toISOString() };
  return {
    ...{ job, paused: state.paused },
    ...(state.note === undefined || state.note === '' ? {} : { note: state.note }),
    ...at('nextSlotAt', info.nextActionTimes[0]),
    ...at('lastSlotAt', info.recentActions.at(-1)?.scheduledAt),
  };
}
