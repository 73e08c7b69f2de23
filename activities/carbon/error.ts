/** What sources throw: the kind says what a caller may do, the message what a person may do. Neither holds a secret. */

/**
 * `invalid`, `unsupported`: fix the request. `forbidden`: fix the credentials or the plan. `unavailable`: wait. `unusable`: it
 * answered with something that no decision may rest on; wait.
 */
export type SourceErrorKind = 'invalid' | 'unsupported' | 'forbidden' | 'unavailable' | 'unusable';

export interface SourceErrorDetails {
  readonly action?: string | undefined;
  /** Of HTTP. */
  readonly status?: number | undefined;
  /** How long the provider asks to be left alone. */
  readonly retryAfterSeconds?: number | undefined;
}

/** Without a `cause`: what Node's fetch throws may quote headers, and a history would keep it. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly status: number | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly kind: SourceErrorKind,
    /** ‹meaning›; ‹remedy› */
    readonly reason: string,
    { action, status, retryAfterSeconds }: SourceErrorDetails = {},
  ) {
    super(action === undefined ? reason : `Cannot ${action}: ${reason}.`);
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The same failure, told with what was tried. Of an error that is not a source's own nothing but its name is told. */
export function sourceErrorFor(action: string, error: unknown): SourceError {
  if (error instanceof SourceError) {
    const { kind, reason, status, retryAfterSeconds } = error;
    return new SourceError(kind, reason, { action, status, retryAfterSeconds });
  }
  const name = error instanceof Error ? error.name : typeof error;
  return new SourceError('unavailable', `its adapter failed with ${name}; see the log of whoever wrote it`, { action });
}

export function mayPass({ kind }: SourceError): boolean {
  return kind === 'unavailable' || kind === 'unusable';
}
