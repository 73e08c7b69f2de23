/**
 * Calls into workflows without the thread that Temporal's SDK has watch over each of them. In a replay it would end a call after 49 days,
 * so nothing is lost; there are about nine calls a recurrence, and the threads were a quarter of the work.
 */
import { Script } from 'node:vm';

/** As long as `work` is iterated over, for everything in this process. */
export async function* unguarded<T>(work: AsyncIterable<T>): AsyncIterable<T> {
  // oxlint-disable-next-line typescript/unbound-method -- called below on whatever script it was called on
  const { runInContext } = Script.prototype;
  Script.prototype.runInContext = function (context, options) {
    if (typeof options !== 'object') return runInContext.call(this, context, options);
    const { timeout: _timeout, ...others } = options;
    return runInContext.call(this, context, others);
  };
  try {
    yield* work;
  } finally {
    Script.prototype.runInContext = runInContext;
  }
}
