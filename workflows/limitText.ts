/** The power limit that was decided, in words, for the Temporal UI and the command line alike. */
import type { Decision } from '../policy/policy';

export function limitText({ powerLimitWatts, withheld }: Pick<Decision, 'powerLimitWatts' | 'withheld'>): string {
  if (withheld?.level === 'shadow') return 'left as it is';
  return powerLimitWatts === null ? 'measured while it trains' : `${powerLimitWatts} W`;
}
