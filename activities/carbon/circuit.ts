/** Keeps a failing provider from being hammered: after a failure it is left alone for a slot, then for two, four, eight … */
import { SourceError } from './error';
import { type Clock, instantAt, secondsOf, slotStart } from './gridSlots';

export type QuestionName = 'now' | 'history' | 'forecast';

interface Barrier {
  readonly error: SourceError;
  readonly failures: number;
  readonly sinceSeconds: number;
  readonly untilSeconds: number;
}

/** Unless slots are longer. */
const longestSeconds = 3600;

export interface Circuit {
  /** Why not to ask at this moment. */
  refusal(question: QuestionName): SourceError | undefined;
  failed(question: QuestionName, error: SourceError): void;
  succeeded(question: QuestionName): void;
}

/** A provider that is away is so for all questions; one that refuses, for that question only: a plan may lack forecasts. */
export function createCircuit({
  clock,
  slotSeconds,
}: {
  readonly clock: Clock;
  readonly slotSeconds: number;
}): Circuit {
  const barriers = new Map<QuestionName | 'all', Barrier>();
  const longestSlots = Math.max(1, Math.floor(longestSeconds / slotSeconds));
  const raise = (scope: QuestionName | 'all', error: SourceError) => {
    const failures = (barriers.get(scope)?.failures ?? 0) + 1;
    const slots = Math.min(2 ** Math.min(failures - 1, 30), longestSlots);
    const sinceSeconds = secondsOf(clock());
    const slotsEnd = slotStart(sinceSeconds, slotSeconds) + slots * slotSeconds;
    const untilSeconds = Math.max(slotsEnd, sinceSeconds + (error.retryAfterSeconds ?? 0));
    barriers.set(scope, { error, failures, sinceSeconds, untilSeconds });
  };
  return {
    refusal(question) {
      const now = secondsOf(clock());
      // One from ahead of now is left from before the clock was set back.
      const stands = (one: Barrier | undefined) => one && one.sinceSeconds <= now && now < one.untilSeconds;
      const barrier = [barriers.get('all'), barriers.get(question)].find(stands);
      return barrier === undefined ? undefined : refusalBy(barrier, now);
    },
    failed(question, error) {
      // Its own too: that of all falls when another question, on its way at the same time, is answered.
      raise(question, error);
      if (error.kind === 'unavailable') raise('all', error);
    },
    succeeded(question) {
      barriers.delete('all');
      barriers.delete(question);
    },
  };
}

function refusalBy({ error, untilSeconds }: Barrier, now: number): SourceError {
  const reason = `${error.reason}; it is not asked again before ${instantAt(untilSeconds)}`;
  return new SourceError(error.kind, reason, { status: error.status, retryAfterSeconds: untilSeconds - now });
}
