/** Errors in the shapes in which Zeus's server tells them: `{message}`, and FastAPI's `{detail: [...]}` for what cannot be read. */
import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { InvalidRequest, internal, problemOf } from '../problem';

/** What Zeus's server would refuse, in its words. */
export class ZeusRefusal extends Error {
  override readonly name = 'ZeusRefusal';
  constructor(
    readonly status: 400 | 404 | 409,
    message: string,
  ) {
    super(message);
  }
}

interface Answer {
  readonly status: number;
  readonly body: object;
}

export function zeusAnswer(error: unknown): Answer | undefined {
  if (error instanceof ZeusRefusal) return { status: error.status, body: { message: error.message } };
  if (error instanceof InvalidRequest) return { status: 422, body: { detail: error.errors.map(detailOf(error.part)) } };
  if (isUnreadable(error))
    return { status: 422, body: { detail: [detailOf('body')({ path: '', message: error.message })] } };
  const problem = problemOf(error);
  return problem === undefined ? undefined : { status: problem.status, body: { message: problem.detail } };
}

/** FastAPI's names of the parts of a request. */
const parts: Readonly<Record<string, string>> = { querystring: 'query' };

function detailOf(part: string) {
  return ({ path, message }: InvalidRequest['errors'][number]) => {
    const loc = [parts[part] ?? part, ...path.split('.').filter((key) => key !== '')];
    return { loc, msg: message, type: 'value_error' };
  };
}

/** No JSON: also `NaN`, which Python writes and reads. */
function isUnreadable(error: unknown): error is Error {
  return error instanceof SyntaxError;
}

export const unforeseen: Answer = { status: 500, body: { message: internal.detail } };

/** Of its routes in the OpenAPI document. */
export const zeusTag = 'zeus';

const message = z.object({ message: z.string() }).register(z.globalRegistry, { id: 'ZeusMessage' });
const details = z
  .object({ detail: z.array(z.object({ loc: z.array(z.string()), msg: z.string(), type: z.string() })) })
  .register(z.globalRegistry, { id: 'ZeusValidationError' });

/** Of each of its routes: a token may be for other jobs; what cannot be read, of whatever type, is a 422. */
export const zeusRefusals = [404, 422] as const;

/** As a route declares that it may answer it. */
export function zeusErrorAnswer(status: number) {
  return {
    description: STATUS_CODES[status] ?? String(status),
    // What can be read, and still is refused, is told in words.
    content: { 'application/json': { schema: status === 422 ? z.union([details, message]) : message } },
  };
}
