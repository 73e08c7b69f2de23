/**
 * The OpenAPI document, beyond the schemas that requests and answers are checked with: what may go wrong with a route follows from
 * what it takes, and is said here for all of them; a route says itself what only it refuses.
 */
import type { FastifyDynamicSwaggerOptions, SwaggerTransform } from '@fastify/swagger';
import type { RouteOptions } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problemAnswer } from './problem';
import { zeusErrorAnswer, zeusRefusals, zeusTag } from './zeus/refusals';

export function documentOf(version: string): FastifyDynamicSwaggerOptions {
  const info = {
    title: 'wattbandit gateway',
    version,
    description: 'Ask and tell for jobs that are trained elsewhere.',
  };
  const securitySchemes = {
    token: { type: 'http', scheme: 'bearer' },
    password: { type: 'http', scheme: 'basic', description: 'The token as password, under any name.' },
  } as const;
  const security: Record<string, string[]>[] = [{ token: [] }, { password: [] }];
  return {
    openapi: { openapi: '3.1.0', info, components: { securitySchemes }, security },
    transform: withErrors,
    transformObject: (document) => {
      const described = jsonSchemaTransformObject(document);
      for (const path of Object.values(described.paths ?? {})) Object.values(fieldsOf(path)).forEach(allowNoBody);
      return described;
    },
  };
}

const withErrors: SwaggerTransform = (document) => {
  const { schema, route } = document;
  const response = { ...errorsOf(route), ...fieldsOf(schema.response) };
  const described = jsonSchemaTransform({ ...document, schema: { ...schema, response } });
  return { ...described, schema: { ...described.schema, ...withHeaders(described.schema.response) } };
};

function errorsOf(route: RouteOptions): Readonly<Record<string, unknown>> {
  const isZeus = route.schema?.tags?.includes(zeusTag) === true;
  const answer = isZeus ? zeusErrorAnswer : problemAnswer;
  const statuses = [...statusesOf(route), ...(isZeus ? zeusRefusals : refusalsOf(route))];
  return Object.fromEntries(statuses.map((status) => [status, answer(status)]));
}

function statusesOf({ schema, config }: RouteOptions): readonly number[] {
  return [
    // A page of a browser, or a token of too low a role.
    ...[403, 429],
    ...(config?.role === undefined ? [] : [401, 503]),
    ...(schema?.body === undefined ? [] : [413]),
  ];
}

function refusalsOf({ method, schema }: RouteOptions): readonly number[] {
  const { params, querystring, headers, body } = schema ?? {};
  if ([params, querystring, headers, body].every((part) => part === undefined)) return [];
  return [400, 404, ...(method === 'GET' ? [] : [422]), ...(body === undefined ? [] : [415])];
}

/** What the transformation of schemas knows nothing of. */
function withHeaders(response: unknown): { readonly response?: Readonly<Record<string, unknown>> } {
  if (response === undefined) return {};
  const answers = Object.entries(fieldsOf(response)).map(([status, answer]) => {
    const name = headerOf[status];
    return [status, name === undefined ? answer : { ...fieldsOf(answer), headers: { [name]: { type: 'string' } } }];
  });
  return { response: Object.fromEntries(answers) };
}

const headerOf: Readonly<Record<string, string>> = {
  401: 'www-authenticate',
  429: 'retry-after',
  503: 'retry-after',
};

/** A body of which nothing has to be said may be left out. */
function allowNoBody(operation: unknown): void {
  if (!mayHaveNoBody(operation)) return;
  Object.assign(operation.requestBody, { required: false });
}

const nothingRequired = z.object({ schema: z.object({ type: z.literal('object'), required: z.never().optional() }) });
const withoutNeed = z.object({ requestBody: z.object({ content: z.object({ 'application/json': nothingRequired }) }) });

function mayHaveNoBody(operation: unknown): operation is { readonly requestBody: object } {
  return withoutNeed.safeParse(operation).success;
}

const fieldsOf = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {});
