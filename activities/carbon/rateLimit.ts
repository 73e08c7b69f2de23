/** How often a provider may be asked, whatever asks: a loop gone wrong must not cost the account. */
import { SourceError } from './error';
import { type Clock, instantAt, secondsOf } from './gridSlots';

const hourSeconds = 3600;

/** Counts a question; answers why it may not be asked. */
export function createRateLimit({ clock, perHour }: { readonly clock: Clock; readonly perHour: number }) {
  let asked: readonly number[] = [];
  return (): SourceError | undefined => {
    const now = secondsOf(clock());
    // Instants ahead of now are left from before the clock was set back.
    asked = asked.filter((at) => at <= now && at > now - hourSeconds);
    const [oldest = now] = asked;
    if (asked.length < perHour) {
      asked = [...asked, now];
      return undefined;
    }
    const nextAt = oldest + hourSeconds;
    const reason = `it was asked ${perHour} times within an hour and is not asked again before ${instantAt(nextAt)}`;
    return new SourceError('unavailable', reason, { retryAfterSeconds: nextAt - now });
  };
}
