/** What went wrong, as problem details (RFC 9457): what the caller should do, and which thing it is about. */
import { STATUS_CODES } from 'node:http';
import { isGrpcServiceError } from '@temporalio/client';
import { z } from 'zod';
import { type Remedy, WattbanditError } from '../worker/errors';

/** No token, or one that nobody knows. */
export class Unauthenticated extends Error {
  override readonly name = 'Unauthenticated';
  constructor() {
    super('Cannot answer: a valid token is missing; send `Authorization: Bearer <token>`.');
  }
}

/** A request whose body, query or headers are not what the contract says. */
export class InvalidRequest extends Error {
  override readonly name = 'InvalidRequest';
  constructor(
    /** body, querystring, params or headers. */
    readonly part: string,
    readonly errors: readonly { readonly path: string; readonly message: string }[],
  ) {
    const [first] = errors;
    super(first === undefined ? `Cannot read the ${part}.` : `Cannot read the ${part}: ${placed(first)}.`);
  }
}

const placed = ({ path, message }: { readonly path: string; readonly message: string }) =>
  path === '' ? message : `${path} ${message}`;

export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
problemSchema.register(z.globalRegistry, { id: 'Problem' });
export type Problem = z.output<typeof problemSchema>;

/** As a route declares that it may answer it. */
export function problemAnswer(status: number) {
  return {
    description: STATUS_CODES[status] ?? String(status),
    content: { 'application/problem+json': { schema: problemSchema } },
  };
}

const titles: Readonly<Record<Remedy, readonly [status: number, title: string]>> = {
  invalid: [422, 'It was understood, and refused'],
  notFound: [404, 'There is no such thing'],
  notAllowed: [403, 'Whoever asks may not do this'],
  conflict: [409, 'It exists already and differs'],
  unavailable: [503, 'A service that this needs is away'],
};

export const retryAfterSeconds = 2;

/** Undefined for what nobody foresaw: our bug, of which strangers learn nothing. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof WattbanditError) {
    const [status, title] = titles[error.remedy];
    return problem({ kind: error.remedy, status, title, detail: error.message });
  }
  if (error instanceof Unauthenticated)
    return problem({ kind: 'unauthenticated', status: 401, title: 'Who are you?', detail: error.message });
  if (error instanceof InvalidRequest) {
    const { message: detail, errors } = error;
    return problem({
      kind: 'invalid',
      status: 400,
      title: 'It is not what the contract says',
      detail,
      errors: [...errors],
    });
  }
  if (isAway(error)) return problemOf(new WattbanditError('unavailable', silence, { cause: error }));
  return httpProblem(error);
}

const silence =
  'Cannot tell whether it took effect: Temporal or its worker gave no answer in time. Asked again under the same name, it counts once.';

export const internal: Problem = problem({
  kind: 'internal',
  status: 500,
  title: 'A bug of the gateway',
  detail: 'Cannot answer: see what the gateway says on its host.',
});

function problem({
  kind,
  errors,
  ...said
}: Omit<Problem, 'type' | 'errors'> & { kind: string; errors?: Problem['errors'] | undefined }): Problem {
  const type = `urn:wattbandit:${kind}`;
  return errors === undefined || errors.length === 0 ? { type, ...said } : { type, ...said, errors };
}

/** gRPC codes: cancelled, deadline exceeded, resource exhausted, failed precondition (no worker is there for a query), unavailable. */
const awayCodes: readonly number[] = [1, 4, 8, 9, 14];

function isAway(error: unknown): boolean {
  if (isGrpcServiceError(error)) return awayCodes.includes(error.code);
  return error instanceof Error && error.cause !== undefined && isAway(error.cause);
}

/** Of the web server itself: bodies that are too long or no JSON, too many requests. */
function httpProblem(error: unknown): Problem | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined;
  const { statusCode: status, message } = error;
  if (typeof status !== 'number' || status < 400 || status >= 500) return undefined;
  const kind = status === 429 ? 'tooMany' : 'invalid';
  return problem({
    kind,
    status,
    title: status === 429 ? 'Too many requests' : 'It is not what the contract says',
    detail: message,
  });
}
