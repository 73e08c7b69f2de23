/** What a source can be asked, with the checks on what it answers and how long that is good for. */
import type { Asking } from './asking';
import { SourceError } from './error';
import { type Clock, instantAt, overlapping, secondsOf, slotStart } from './gridSlots';
import { checkedReading, refuseFuture } from './reading';
import type { Reading, Source, SourceFacts, TimeRange } from './source';

const hourSeconds = 3600;

export function nowOf(source: Source, clock: Clock): Asking {
  const { facts } = source;
  const longest = Math.max(hourSeconds, facts.slotSeconds);
  return {
    question: 'now',
    key: 'now',
    action: actionFor(facts, 'for now'),
    ask: async (abort) => [refuseFuture(checkedReading(await source.now(abort), facts), clock())],
    // Slots may be longer than was configured: while the one heard of lasts there is nothing new to hear.
    untilSeconds: ([heard]) => Math.min(Math.max(endOf(heard), slotEnd(facts, clock)), secondsOf(clock()) + longest),
  };
}

export function historyOf(source: Source, range: TimeRange, clock: Clock): Asking {
  const { facts } = source;
  return {
    question: 'history',
    key: `history ${range.fromAt} ${range.toAt}`,
    action: actionFor(facts, historyWords(range)),
    ask: async (abort) =>
      overlapping(
        (await source.history(range, abort)).map((one) => checkedReading(one, facts)),
        range,
      ),
    // A provider revises its past.
    untilSeconds: () => slotEnd(facts, clock),
  };
}

export function forecastOf(source: Source, hours: number, clock: Clock): Asking {
  const { facts } = source;
  return {
    question: 'forecast',
    key: `forecast ${hours}`,
    action: actionFor(facts, forecastWords(hours)),
    ask: async (abort) => {
      const told = (await source.forecast(hours, abort)).map((one) => checkedReading(one, facts));
      const coming = overlapping(told, comingHours(hours, clock));
      if (coming.length > 0) return coming;
      throw new SourceError('unusable', 'its forecast has nothing of the time asked for');
    },
    untilSeconds: () => slotEnd(facts, clock),
  };
}

export function comingHours(hours: number, clock: Clock): TimeRange {
  const now = secondsOf(clock());
  return { fromAt: instantAt(now), toAt: instantAt(now + hours * hourSeconds) };
}

/** As in: Cannot ‹action›. */
export function actionFor({ provider, zone, kind }: SourceFacts, when: string): string {
  const what = kind === 'price' ? 'price of electricity' : `${kind} carbon intensity`;
  return `read the ${what} of ${zone} from ${provider} ${when}`;
}

export const historyWords = ({ fromAt, toAt }: TimeRange) => `from ${fromAt} to ${toAt}`;
export const forecastWords = (hours: number) => `for the next ${hours} h`;

function endOf(reading: Reading | undefined): number {
  return reading === undefined ? 0 : secondsOf(reading.validToAt);
}

function slotEnd({ slotSeconds }: SourceFacts, clock: Clock): number {
  return slotStart(secondsOf(clock()), slotSeconds) + slotSeconds;
}
