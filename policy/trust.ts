/** How far a job is trusted to wattbandit: a ladder that it climbs one step at a time, and that nobody's word reaches beyond. */

/**
 * `shadow`: what is done is the plain default and no limit is touched; what would have been done is recorded. `power`: the limit is
 * tuned, the batch size stays the default. `full`: both are.
 */
export const trustLevels = ['shadow', 'power', 'full'] as const;
export type TrustLevel = (typeof trustLevels)[number];

/** One step up (1) or down (-1); undefined beyond the ends. */
export function nextTrust(level: TrustLevel, step: 1 | -1): TrustLevel | undefined {
  return trustLevels[trustLevels.indexOf(level) + step];
}
