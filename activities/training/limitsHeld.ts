/** How long a run held each power limit, and what it drew meanwhile. No I/O. */
import type { LimitHeld } from '../../policy/facts';
import type { Reading } from '../gpu/reading';

export class LimitsHeld {
  private readonly byWatts = new Map<number, LimitHeld>();

  add(powerLimitWatts: number, { seconds, joules }: Reading): void {
    const before = this.byWatts.get(powerLimitWatts) ?? { powerLimitWatts, seconds: 0, joules: 0 };
    this.byWatts.set(powerLimitWatts, {
      powerLimitWatts,
      seconds: before.seconds + seconds,
      joules: before.joules + joules,
    });
  }

  /** In the order in which they came into force. */
  get all(): readonly LimitHeld[] {
    return [...this.byWatts.values()];
  }
}
