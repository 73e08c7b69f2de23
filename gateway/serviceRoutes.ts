/** For those who look after the gateway: is it alive, can it answer, what did it do, what does it understand. */
import { z } from 'zod';
import type { GatewayApp } from './app';
import type { Backend } from './backend';
import type { GatewayMetrics } from './metrics';
import { problemAnswer } from './problem';

const readyMilliseconds = 2000;
const state = z.object({ status: z.string() });

export function addServiceRoutes(app: GatewayApp, { client }: Backend, metrics: GatewayMetrics): void {
  app.get(
    '/healthz',
    { schema: { summary: 'Whether the gateway is alive', security: [], response: { 200: state } } },
    async () => ({
      status: 'ok',
    }),
  );
  app.route({
    method: 'GET',
    url: '/readyz',
    schema: {
      summary: 'Whether Temporal is in reach',
      security: [],
      response: { 200: state, 503: problemAnswer(503) },
    },
    handler: async () => {
      await client.withDeadline(Date.now() + readyMilliseconds, () => client.workflowService.getSystemInfo({}));
      return { status: 'ok' };
    },
  });
  app.route({
    method: 'GET',
    url: '/metrics',
    config: { role: 'viewer' },
    schema: { hide: true },
    handler: async (_request, reply) => {
      const { type, text } = await metrics.page();
      return reply.type(type).send(text);
    },
  });
  app.route({
    method: 'GET',
    url: '/openapi.json',
    config: { role: 'viewer' },
    schema: { hide: true },
    handler: async (_request, reply) => reply.send(app.swagger()),
  });
}
