/** `/v1/jobs/{job}/recurrences`: for those who let wattbandit train, and wait for it. */
import { z } from 'zod';
import type { RecurrenceState } from '../worker/recurrences';
import { slotAt } from '../workflows/messages';
import { observationAnswer } from './answers';
import type { GatewayApp } from './app';
import type { Backend } from './backend';
import * as shapes from './shapes';

const recurrence = z.object({
  job: z.string(),
  slot: z.string(),
  state: z.enum(['running', 'completed', 'failed', 'cancelled']),
  attempts: z.int().optional(),
  observation: shapes.observation.optional(),
  failure: z.string().optional(),
});
const params = shapes.jobParams.extend({ slot: shapes.recurrenceSlot });
const mostSecondsToWait = 60;

export function addRecurrenceRoutes(app: GatewayApp, { recurrences }: Backend): void {
  const closing = new AbortController();
  app.addHook('preClose', async () => closing.abort());
  const stateOf = async (job: string, slot: string, seconds: number) =>
    answerOf(job, slot, await recurrences.state(job, slot, { seconds, signal: closing.signal }));

  app.route({
    method: 'POST',
    url: '/v1/jobs/:job/recurrences',
    config: { role: 'operator' },
    schema: {
      summary: 'Start the recurrence of a slot; a slot has one, however often it is started',
      params: shapes.jobParams,
      body: z.strictObject({ slot: shapes.recurrenceSlot.optional() }),
      response: { 200: recurrence, 201: recurrence },
    },
    handler: async ({ params: { job }, body: { slot = slotAt(new Date()) } }, reply) => {
      void reply.header('location', `/v1/jobs/${job}/recurrences/${slot}`);
      const started = await recurrences.start(job, slot);
      if (started === 'known') return stateOf(job, slot, 0);
      return reply.code(201).send({ job, slot, state: 'running' });
    },
  });
  app.route({
    method: 'GET',
    url: '/v1/jobs/:job/recurrences/:slot',
    config: { role: 'viewer' },
    schema: {
      summary: 'How a recurrence stands; `wait` seconds for its end, if it has not ended yet',
      params,
      querystring: z.strictObject({ wait: z.coerce.number().min(0).max(mostSecondsToWait).default(0) }),
      response: { 200: recurrence },
    },
    handler: async ({ params: { job, slot }, query: { wait } }) => stateOf(job, slot, wait),
  });
  app.route({
    method: 'DELETE',
    url: '/v1/jobs/:job/recurrences/:slot',
    config: { role: 'operator' },
    schema: { summary: 'Ask a recurrence to stop', params, response: { 202: recurrence } },
    handler: async ({ params: { job, slot } }, reply) => {
      await recurrences.cancel(job, slot);
      return reply.code(202).send(await stateOf(job, slot, 0));
    },
  });
}

function answerOf(job: string, slot: string, state: RecurrenceState): z.output<typeof recurrence> {
  const of = { job, slot, state: state.kind };
  switch (state.kind) {
    case 'running':
    case 'cancelled':
      return of;
    case 'failed':
      return { ...of, failure: state.why };
    case 'completed': {
      const { attempts, observation } = state.result;
      return { ...of, attempts, observation: observationAnswer(observation) };
    }
  }
}
