/** What a job may be given at its level of trust, and what it would have been given at the top. Pure. */
import type { Standing } from '../policy/override';
import type { Decision } from '../policy/policy';

/** `decideUnder` is asked twice below full trust: once for what is done, once for what would have been. */
export function withinTrust(standing: Standing, decideUnder: (standing: Standing) => Decision): Decision {
  const { trust: level } = standing;
  if (level === 'full') return decideUnder(standing);
  const { considered, batchSize, powerLimitWatts, mode, reason, costCeilingJoules } = decideUnder({
    ...standing,
    trust: 'full',
  });
  const would = { batchSize, powerLimitWatts, mode, reason, costCeilingJoules };
  const done = decideUnder(standing);
  return {
    ...done,
    ...(level === 'shadow' ? { powerLimitWatts: null } : {}),
    // The run is its owner's: neither probed nor stopped.
    ...{ costCeilingJoules: null, probes: null, considered },
    reason: `${said[level](done.batchSize)} Fully trusted: ${reason}`,
    withheld: { level, would },
  };
}

const said = {
  shadow: (batchSize: number) => `In the shadow: the default batch size ${batchSize}, and no limit is touched.`,
  power: (batchSize: number) => `Trusted with the power limit only: the default batch size ${batchSize}.`,
} as const;
