/** Any source, made fit to be asked by many: each question once in a grid slot, never for long, every answer checked. */
import { createAsker } from './asking';
import { SourceError, sourceErrorFor } from './error';
import { type Clock, overlapping, systemClock } from './gridSlots';
import { historyParts } from './historyParts';
import { type Look, lookAt } from './look';
import { actionFor, comingHours, forecastOf, forecastWords, historyOf, historyWords, nowOf } from './questions';
import type { Reading, Source, SourceFacts } from './source';

export interface CachedOptions {
  readonly clock?: Clock | undefined;
  /** For one question with all that belongs to it, such as a login. */
  readonly timeoutSeconds?: number | undefined;
  /** All questions together; more are refused here, and the provider hears nothing of them. */
  readonly questionsPerHour?: number | undefined;
}

export interface CachedSource extends Source {
  /** Never rejects. */
  look(): Promise<Look>;
}

export function createCached(source: Source, options: CachedOptions = {}): CachedSource {
  const { clock = systemClock, timeoutSeconds = 8, questionsPerHour = 120 } = options;
  const { facts } = source;
  const { slotSeconds } = facts;
  const ask = createAsker({ clock, slotSeconds, timeoutSeconds, questionsPerHour });
  let newest: Reading | undefined;

  const now = async (): Promise<Reading> => {
    const [reading] = await ask(nowOf(source, clock));
    if (reading === undefined) throw new Error('a question for now has one answer');
    if (newest === undefined || reading.validFromAt >= newest.validFromAt) newest = reading;
    return reading;
  };
  return {
    facts,
    now,
    history: (range) =>
      telling(actionFor(facts, historyWords(range)), async () => {
        const told: Reading[] = [];
        // One after the other: a provider takes many questions at once for an attack.
        for (const part of historyParts(range, facts, clock()))
          told.push(...(await ask(historyOf(source, part, clock))));
        return overlapping(told, range);
      }),
    forecast: (hours) =>
      telling(actionFor(facts, forecastWords(hours)), async () => {
        const known = knownHours(hours, facts);
        return overlapping(await ask(forecastOf(source, known, clock)), comingHours(known, clock));
      }),
    async look() {
      const error = await now().then(
        () => undefined,
        (reason: unknown) => sourceErrorFor(actionFor(facts, 'for now'), reason),
      );
      return lookAt({ reading: newest, error }, facts, clock());
    },
  };
}

async function telling<T>(action: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw sourceErrorFor(action, error);
  }
}

function knownHours(hours: number, { forecastHours }: SourceFacts): number {
  if (forecastHours === 0) throw new SourceError('unsupported', 'it makes no forecast');
  if (hours > 0 && Number.isFinite(hours)) return Math.min(hours, forecastHours);
  throw new SourceError('invalid', 'ask for more than 0 hours');
}
