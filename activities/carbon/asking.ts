/** One question to a provider: asked once in a slot however many want to know, given up in time, not repeated in vain. */
import { type QuestionName, createCircuit } from './circuit';
import { SourceError, sourceErrorFor } from './error';
import { type Clock, secondsOf } from './gridSlots';
import { createRateLimit } from './rateLimit';
import type { Reading } from './source';

export interface Asking {
  readonly question: QuestionName;
  /** The same for the same question. */
  readonly key: string;
  /** What is tried, as in: Cannot ‹action›. */
  readonly action: string;
  readonly ask: (abort: AbortSignal) => Promise<readonly Reading[]>;
  /** How long the answer is good for. */
  readonly untilSeconds: (readings: readonly Reading[]) => number;
}

export interface AskingOptions {
  readonly clock: Clock;
  readonly slotSeconds: number;
  readonly timeoutSeconds: number;
  readonly questionsPerHour: number;
}

interface Answer {
  readonly promise: Promise<readonly Reading[]>;
  readonly sinceSeconds: number;
  untilSeconds: number;
}

export function createAsker({ clock, slotSeconds, timeoutSeconds, questionsPerHour }: AskingOptions) {
  const circuit = createCircuit({ clock, slotSeconds });
  const spend = createRateLimit({ clock, perHour: questionsPerHour });
  const answers = new Map<string, Answer>();

  const askProvider = async ({ question, action, ask }: Asking) => {
    const refusal = circuit.refusal(question) ?? spend();
    if (refusal !== undefined) throw sourceErrorFor(action, refusal);
    try {
      const readings = await within(timeoutSeconds, ask);
      circuit.succeeded(question);
      return readings;
    } catch (error) {
      const failure = sourceErrorFor(action, error);
      circuit.failed(question, failure);
      throw failure;
    }
  };
  const remember = async (asking: Asking, answer: Answer) => {
    try {
      answer.untilSeconds = asking.untilSeconds(await answer.promise);
    } catch {
      // Whoever asked hears of it; when to ask again is the circuit's to know.
      if (answers.get(asking.key) === answer) answers.delete(asking.key);
    }
  };
  return (asking: Asking): Promise<readonly Reading[]> => {
    const now = secondsOf(clock());
    // Also those from ahead of now: the clock was set back.
    for (const [key, one] of answers) if (now < one.sinceSeconds || now >= one.untilSeconds) answers.delete(key);
    const known = answers.get(asking.key);
    if (known !== undefined) return known.promise;
    const answer = { promise: askProvider(asking), sinceSeconds: now, untilSeconds: Infinity };
    answers.set(asking.key, answer);
    void remember(asking, answer);
    return answer.promise;
  };
}

/** Also where `ask` does not heed its signal. */
async function within<T>(seconds: number, ask: (abort: AbortSignal) => Promise<T>): Promise<T> {
  const abort = AbortSignal.timeout(seconds * 1000);
  const tooLate = new Promise<never>((_, reject) => {
    const silent = new SourceError('unavailable', `it does not answer within ${seconds} s`);
    abort.addEventListener('abort', () => reject(silent), { once: true });
  });
  return Promise.race([ask(abort), tooLate]);
}
