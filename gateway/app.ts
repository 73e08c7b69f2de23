/** The web server without its routes: who is let in, how much of it, what errors look like, what is counted. */
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Role } from '../activities/overrideRoles';
import type { Client } from '@temporalio/client';
import { type Admit, type Caller, requireJob, requireRole } from './access';
import { documentOf } from './document';
import { GatewayMetrics } from './metrics';
import { refuseStrangers } from './origin';
import { type Problem, internal, problemOf, retryAfterSeconds } from './problem';
import { refuseNull, validatorCompiler } from './validation';

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | undefined;
  }
  interface FastifyContextConfig {
    /** What it takes; nothing where it is absent. */
    readonly role?: Role;
  }
}

export interface AppOptions {
  readonly client: Client;
  readonly admit: Admit;
  /** No tokens are wanted, since only this computer can ask. */
  readonly open: boolean;
  readonly requestsPerSecond: number;
  readonly version: string;
  /** Told of what nobody foresaw. */
  readonly say: (text: string) => void;
}

const maxBodyBytes = 1024 * 1024;
/** For the whole of a request to come in. */
const patienceMilliseconds = 30_000;
/** For Temporal and its workers, unless a request says how long it waits. */
const answerMilliseconds = 30_000;

export async function createApp(options: AppOptions) {
  const app = Fastify({
    bodyLimit: maxBodyBytes,
    requestTimeout: patienceMilliseconds,
    connectionTimeout: 2 * answerMilliseconds + patienceMilliseconds,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
    // Of paths that no route sees.
    frameworkErrors: (error, _request, reply) => void sendProblem(reply, problemOf(error) ?? internal),
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.addHook('preValidation', refuseNull);
  app.setSerializerCompiler(serializerCompiler);
  await app.register(swagger, documentOf(options.version));
  addPatience(app, options.client);
  addAccess(app, options);
  await app.register(rateLimit, {
    max: options.requestsPerSecond,
    timeWindow: 1000,
    keyGenerator: ({ caller, ip }: FastifyRequest) => (options.open ? ip : (caller?.name ?? ip)),
  });
  addErrors(app, options.say);
  return { app, metrics: addMetrics(app) };
}

export type GatewayApp = Awaited<ReturnType<typeof createApp>>['app'];

/** No answer is waited for without end. */
function addPatience(app: FastifyInstance, client: Client): void {
  app.addHook('onRoute', (route) => {
    const { handler } = route;
    route.handler = function (request, reply) {
      return client.withDeadline(Date.now() + answerMilliseconds, async () => handler.call(this, request, reply));
    };
  });
}

function addAccess(app: FastifyInstance, { admit, open }: AppOptions): void {
  app.decorateRequest('caller');
  app.addHook('onRequest', async (request) => {
    refuseStrangers(request.headers, open);
    request.caller = admit(request.headers.authorization);
  });
  // Before the body is read, and after the rate of whoever it is was looked at.
  app.addHook('preParsing', async ({ caller, params, routeOptions }) => {
    const { role } = routeOptions.config;
    if (role === undefined) return;
    const admitted = requireRole(caller, role);
    const job = typeof params === 'object' && params !== null && 'job' in params ? params.job : undefined;
    if (typeof job === 'string') requireJob(admitted, job);
  });
}

function addErrors(app: FastifyInstance, say: (text: string) => void): void {
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error) ?? internal;
    if (problem === internal) say(`${request.method} ${request.routeOptions.url ?? ''}: ${stackOf(error)}`);
    if (problem.status === 401) void reply.header('www-authenticate', 'Bearer');
    if (problem.status === 503) void reply.header('retry-after', retryAfterSeconds);
    return sendProblem(reply, problem);
  });
  app.setNotFoundHandler((request, reply) => {
    const detail = `Cannot find ${request.method} ${request.url.slice(0, 200)}: /openapi.json lists what there is.`;
    const problem = { type: 'urn:wattbandit:notFound', title: 'There is no such thing', status: 404, detail };
    return sendProblem(reply, problem);
  });
}

function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply.code(problem.status).type('application/problem+json').serializer(JSON.stringify).send(problem);
}

export const stackOf = (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error));

function addMetrics(app: FastifyInstance): GatewayMetrics {
  const metrics = new GatewayMetrics();
  app.addHook('onResponse', async ({ method, routeOptions }, { statusCode: status, elapsedTime }) => {
    metrics.count({ method, route: routeOptions.url ?? 'none', status, seconds: elapsedTime / 1000 });
  });
  return metrics;
}

/** The caller of a route that takes a role. */
export function callerOf({ caller }: FastifyRequest): Caller {
  return requireRole(caller, 'viewer');
}
