/** How the operating system refused, as `ENOENT`. Not by `instanceof`: errors of Node come from another realm in jest. */
export function errnoOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}

export function isErrno(error: unknown, code: string): boolean {
  return errnoOf(error) === code;
}
