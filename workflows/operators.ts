/** The bandit's ear for operators: believes or refuses, remembers, and passes the word on to the runs that are under way. */
import { ApplicationFailure, proxyLocalActivities, uuid4 } from '@temporalio/workflow';
import type { OverrideVerdict, VerifyActivities } from '../activities/verifyOverride';
import { type Override, activeAt, nextExpiry, runOrdersOf, standingOf } from '../policy/override';
import type { JobSpec } from './contracts';
import { type ClearRequest, type OrderBook, type OverrideAnswer, type OverrideRequest } from './messages';
import type { RunUnderWay } from './ledger';
import { countOverride } from './metrics';
import { checkOverride } from './checkOrder';
import { orderText } from './orderText';
import { withCleared, withKnown, withOverride, withRefusal } from './orderBook';
import { tellRuns } from './tellRuns';

const { verifyOverride, verifyClear } = proxyLocalActivities<VerifyActivities>({
  startToCloseTimeout: '20s',
  retry: { maximumInterval: '5s' },
});

export interface Operators {
  readonly book: OrderBook;
  set(request: OverrideRequest): Promise<OverrideAnswer>;
  /** The same by a signal, which has nobody to tell that it was refused; the book of orders does. */
  heed(request: OverrideRequest): Promise<void>;
  clear(request: ClearRequest): Promise<readonly string[]>;
  /** Milliseconds until an order ends; undefined if none does. */
  readonly nextEndMs: number | undefined;
  /** Tells the runs under way what holds now. */
  passOn(): Promise<void>;
}

export interface Surroundings {
  runsUnderWay(): readonly RunUnderWay[];
  /**
   * Orders are judged one after the other, in the order in which they came. Verdicts asked for at once would be had in other
   * batches when the history is replayed, and the timer of the next end would be set another number of times.
   */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
}

export function createOperators(spec: JobSpec, carried: OrderBook, surroundings: Surroundings): Operators {
  let book = carried;
  const { job } = spec;
  const active = () => activeAt(book.overrides, now());

  const refuse = (kind: string, who: string | null, why: string, type = refused) => {
    book = withRefusal(book, { at: now(), order: kind, who, why });
    countOverride(kind, 'refused');
    return ApplicationFailure.nonRetryable(`Cannot override job ${job} by ${kind}: ${why}`, type);
  };
  const believed = (kind: string, verdict: OverrideVerdict) => {
    if (!verdict.ok) throw refuse(kind, verdict.who, verdict.why);
    const { token, who } = verdict;
    if (token !== undefined && book.tokens[token.jti] !== undefined)
      throw refuse(kind, who, 'its token was used before.');
    return verdict;
  };
  const passOn = () => tellRuns(job, surroundings.runsUnderWay(), runOrdersOf(standingOf(active(), spec.trust)));
  const isKnown = (id: string | undefined) => id !== undefined && book.ids.includes(id);
  const take = async (request: OverrideRequest): Promise<OverrideAnswer> => {
    const { order, seconds } = request;
    if (isKnown(request.id)) {
      book = withKnown(book);
      countOverride(order.kind, 'known');
      return { kind: 'known', id: request.id ?? '' };
    }
    const summary = orderText(order);
    const verdict = believed(order.kind, await verifyOverride.executeWithOptions({ summary }, [job, request]));
    const { who, signed, reason, token } = verdict;
    const id = request.id ?? token?.jti ?? verdict.id ?? uuid4();
    const setAt = now();
    const expiresAt = seconds === undefined ? null : new Date(Date.now() + seconds * 1000).toISOString();
    const override: Override = { id, order, reason, who, signed, setAt, expiresAt };
    book = withOverride(book, override, token, setAt);
    countOverride(order.kind, 'applied');
    await passOn();
    return { kind: 'applied', override };
  };
  const set = (request: OverrideRequest) => surroundings.inTurn(() => take(request));
  const drop = async (request: ClearRequest) => {
    const verdict = await verifyClear.executeWithOptions({ summary: 'clear' }, [job, request]);
    const { who, token } = believed('clear', verdict);
    const named = book.overrides.filter(({ id }) => request.id === undefined || id === request.id);
    // Whoever may clear may not promote.
    const ids = named.filter(({ order }) => order.kind !== 'trust').map(({ id }) => id);
    if (ids.length < named.length && request.id !== undefined)
      throw refuse(
        'clear',
        who,
        `${request.id} says how far it is trusted; job promote and demote move that.`,
        'InvalidMessage',
      );
    if (ids.length === 0 && request.id !== undefined)
      throw refuse('clear', who, `there is no override ${request.id}.`, 'UnknownOverride');
    book = withCleared(book, ids, token, now());
    countOverride('clear', 'applied');
    await passOn();
    return ids;
  };
  const noteRefusal = async ({ type, message }: ApplicationFailure) => {
    // Those that were refused for who said them are noted already.
    if (type === refused) return;
    // Nothing of the request itself: it may hold a token.
    book = withRefusal(book, { at: now(), order: 'unreadable', who: null, why: message ?? 'it makes no sense' });
    countOverride('malformed', 'refused');
  };

  return {
    get book() {
      return book;
    },
    get nextEndMs() {
      const end = nextExpiry(active());
      return end === null ? undefined : Math.max(0, Date.parse(end) - Date.now());
    },
    passOn,
    set,

    async heed(request) {
      try {
        checkOverride(request, spec);
        await set(request);
      } catch (error) {
        if (!(error instanceof ApplicationFailure)) throw error;
        await surroundings.inTurn(() => noteRefusal(error));
      }
    },

    clear: (request) => surroundings.inTurn(() => drop(request)),
  };
}

const refused = 'OverrideRefused';

/** The workflow's time: the same in every replay. */
const now = () => new Date().toISOString();
