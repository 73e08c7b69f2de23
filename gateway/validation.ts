/** Requests against their schemas, in the words that files are checked with. */
import type { FastifyRequest, FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import { ruleFor } from '../worker/yamlRules';
import { InvalidRequest } from './problem';

export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema, httpPart = 'request' }) =>
  (data: unknown) => {
    const parsed = schema.safeParse(data ?? {}, { error: ruleFor });
    if (parsed.success) return { value: parsed.data };
    return { error: new InvalidRequest(httpPart, parsed.error.issues.flatMap(placesOf)) };
  };

/** Fastify shows validators null for a body that is not there: `null` itself is none of ours. */
export async function refuseNull({ body }: FastifyRequest): Promise<void> {
  if (body === null) throw new InvalidRequest('body', [{ path: '', message: 'must be a map of keys and values' }]);
}

function placesOf(issue: z.core.$ZodIssue): InvalidRequest['errors'][number][] {
  if (issue.code !== 'unrecognized_keys') return [{ path: issue.path.join('.'), message: issue.message }];
  return issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), message: 'must be a known key' }));
}
