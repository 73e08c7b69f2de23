/** What an error means to whoever typed the command: an exit code and a sentence. */
import { isGrpcServiceError } from '@temporalio/client';
import { CommanderError } from 'commander';
import { SourceError, type SourceErrorKind } from '../../activities/carbon/error';
import { GpuError, type GpuErrorKind } from '../../activities/gpu/error';
import { SimulationError } from '../../simulation/error';
import { type Remedy, WattbanditError } from '../errors';

export const exitCodes = {
  done: 0,
  unforeseen: 1,
  usage: 2,
  invalid: 3,
  notFound: 4,
  notAllowed: 5,
  unavailable: 6,
  timedOut: 7,
  checkFailed: 8,
  conflict: 9,
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const codeOfRemedy: Readonly<Record<Remedy, ExitCode>> = {
  invalid: exitCodes.invalid,
  notFound: exitCodes.notFound,
  notAllowed: exitCodes.notAllowed,
  conflict: exitCodes.conflict,
  unavailable: exitCodes.unavailable,
};

/** gRPC status codes that have an exit code of their own. */
const codeOfGrpcStatus: Readonly<Record<number, ExitCode>> = {
  1: exitCodes.timedOut,
  3: exitCodes.invalid,
  4: exitCodes.timedOut,
  5: exitCodes.notFound,
  7: exitCodes.notAllowed,
  9: exitCodes.unavailable,
  14: exitCodes.unavailable,
  16: exitCodes.notAllowed,
};

const codeOfGpuError: Readonly<Record<GpuErrorKind, ExitCode>> = {
  outOfRange: exitCodes.invalid,
  absent: exitCodes.notFound,
  forbidden: exitCodes.notAllowed,
  unsupported: exitCodes.notAllowed,
  lost: exitCodes.unavailable,
  unavailable: exitCodes.unavailable,
};

const codeOfSourceError: Readonly<Record<SourceErrorKind, ExitCode>> = {
  invalid: exitCodes.invalid,
  unsupported: exitCodes.invalid,
  forbidden: exitCodes.notAllowed,
  unavailable: exitCodes.unavailable,
  unusable: exitCodes.unavailable,
};

export interface Failure {
  readonly code: ExitCode;
  /** Empty where it was said already. */
  readonly message: string;
}

export function failureOf(error: unknown): Failure {
  if (error instanceof CommanderError)
    return { code: error.exitCode === 0 ? exitCodes.done : exitCodes.usage, message: '' };
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof WattbanditError) return { code: codeOfRemedy[error.remedy], message };
  if (error instanceof GpuError) return { code: codeOfGpuError[error.kind], message };
  if (error instanceof SourceError) return { code: codeOfSourceError[error.kind], message };
  if (error instanceof SimulationError) return { code: exitCodes.invalid, message };
  if (isGrpcServiceError(error)) {
    const code = codeOfGrpcStatus[error.code] ?? exitCodes.unforeseen;
    // A call that its deadline ended comes back as cancelled, too.
    return { code, message: code === exitCodes.timedOut ? noAnswer : `Temporal refused: ${error.details}` };
  }
  if (error instanceof Error && error.cause !== undefined) return behind(message, failureOf(error.cause));
  return { code: exitCodes.unforeseen, message };
}

/** The client wraps gRPC errors; the wrapper says what was tried, the cause what went wrong. */
function behind(message: string, cause: Failure): Failure {
  return { code: cause.code, message: cause.code === exitCodes.unforeseen ? message : `${message}: ${cause.message}` };
}

const whoAnswers =
  '`wattbandit doctor` tells whether Temporal or the worker is away, `wattbandit worker start` starts a worker';
const noAnswer = `Temporal or the worker did not answer in time; ${whoAnswers}`;
