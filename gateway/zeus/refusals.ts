/** Errors in the shapes in which Zeus's server tells them: `{message}`, and FastAPI's `{detail: [...]}` for what cannot be read. */
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
