/** Whether the operating system refused with `code`. Not by `instanceof`: errors of Node come from another realm in jest. */
export function isErrno(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
