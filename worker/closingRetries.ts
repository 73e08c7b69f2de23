/**
 * Another try, soon, of what reaches a bandit while it continues as new. Temporal refuses that for some milliseconds with the code of an
 * overloaded server, after which its client waits a second or two.
 */
import {
  type ConnectionOptions,
  type GrpcRetryOptions,
  defaultGrpcRetryOptions,
  makeGrpcRetryInterceptor,
} from '@temporalio/client';

type Interceptor = NonNullable<ConnectionOptions['interceptors']>[number];

const firstMilliseconds = 15;

export function closingRetries(): Interceptor {
  return makeGrpcRetryInterceptor(closingRetryOptions());
}

export function closingRetryOptions(): GrpcRetryOptions {
  const usual = defaultGrpcRetryOptions();
  return {
    ...usual,
    delayFunction(attempt, status) {
      const milliseconds = usual.delayFunction(attempt, status);
      return isClosing(status.details) ? Math.min(firstMilliseconds * 2 ** (attempt - 1), milliseconds) : milliseconds;
    },
  };
}

const isClosing = (details: string) => details.includes('workflow is closing');
