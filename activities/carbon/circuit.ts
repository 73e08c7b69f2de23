/** Keeps a failing provider from being hammered: after a failure it is left alone for a slot, then for two, four, eight … */
import { SourceError } from './error';
import { type Clock, instantAt, secondsOf, slotStart } from './gridSlots';

export type QuestionName = 'now' | 'history' | 'forecast';

interface Barrier {
  readonly error: SourceError;
  readonly failures: number;
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
  const nowSeconds = () => secondsOf(clock());
  return {
    refusal(question) {
      const now = nowSeconds();
      const barrier = [barriers.get('all'), barriers.get(question)].find((one) => one && now < one.untilSeconds);
      return barrier === undefined ? undefined : refusalBy(barrier, now);
    },
    failed(question, error) {
      const scope = error.kind === 'unavailable' ? 'all' : question;
      const failures = (barriers.get(scope)?.failures ?? 0) + 1;
      const longest = Math.max(1, Math.floor(longestSeconds / slotSeconds));
      const slots = Math.min(2 ** Math.min(failures - 1, 30), longest);
      const now = nowSeconds();
      const untilSeconds = Math.max(
        slotStart(now, slotSeconds) + slots * slotSeconds,
        now + (error.retryAfterSeconds ?? 0),
      );
      barriers.set(scope, { error, failures, untilSeconds });
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
