/** The bandit's ear for operators: believes or refuses, remembers, and passes the word on to the runs that are under way. */
import { ApplicationFailure, getExternalWorkflowHandle, log, proxyLocalActivities, uuid4 } from '@temporalio/workflow';
import type { OverrideVerdict, VerifyActivities } from '../activities/verifyOverride';
import { type Override, activeAt, nextExpiry, runOrdersOf, standingOf } from '../policy/override';
import type { JobSpec } from './contracts';
import {
  type ClearRequest,
  type OrderBook,
  type OverrideAnswer,
  type OverrideRequest,
  obey,
  recurrenceId,
} from './messages';
import { orderText } from './orderText';
import { withCleared, withKnown, withOverride, withRefusal } from './orderBook';

const { verifyOverride, verifyClear } = proxyLocalActivities<VerifyActivities>({
  startToCloseTimeout: '20s',
  retry: { maximumInterval: '5s' },
});

export interface Operators {
  readonly book: OrderBook;
  set(request: OverrideRequest): Promise<OverrideAnswer>;
  clear(request: ClearRequest): Promise<readonly string[]>;
  /** Milliseconds until an order ends; undefined if none does. */
  readonly nextEndMs: number | undefined;
  /** An order that came as a signal was refused. */
  noteRefusal(request: unknown, failure: ApplicationFailure): void;
  /** Tells the runs under way what holds now. */
  passOn(): Promise<void>;
}

/** `openSlots`: those of the runs under way. */
export function createOperators(spec: JobSpec, begun: OrderBook, openSlots: () => readonly string[]): Operators {
  let book = begun;
  const { job } = spec;
  const active = () => activeAt(book.overrides, now());

  const refuse = (kind: string, who: string | null, why: string, type = refused) => {
    book = withRefusal(book, { at: now(), order: kind, who, why });
    return ApplicationFailure.nonRetryable(`Cannot override job ${job} by ${kind}: ${why}`, type);
  };
  const believed = (kind: string, verdict: OverrideVerdict) => {
    if (!verdict.ok) throw refuse(kind, verdict.who, verdict.why);
    const { token, who } = verdict;
    if (token !== undefined && book.tokens[token.jti] !== undefined)
      throw refuse(kind, who, 'its token was used before.');
    return verdict;
  };
  const passOn = async () => {
    const orders = runOrdersOf(standingOf(active()));
    const slots = [...new Set(openSlots())];
    await Promise.all(
      slots.map((slot) =>
        getExternalWorkflowHandle(recurrenceId(job, slot))
          .signal(obey, orders)
          .catch(() => log.info('a recurrence ended before the word reached it', { slot })),
      ),
    );
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

    noteRefusal(request: unknown, { type, message }) {
      // Those that were refused for who said them are noted already.
      if (type === refused) return;
      const order = JSON.stringify(request ?? null).slice(0, 80);
      book = withRefusal(book, { at: now(), order, who: null, why: message ?? 'it makes no sense' });
    },

    async set(request) {
      const { order, seconds } = request;
      const isKnown = (id: string | undefined) => id !== undefined && book.ids.includes(id);
      if (isKnown(request.id)) {
        book = withKnown(book);
        return { kind: 'known', id: request.id ?? '' };
      }
      const { who, signed, reason, token } = believed(
        order.kind,
        await verifyOverride.executeWithOptions({ summary: orderText(order) }, [job, request]),
      );
      const id = request.id ?? token?.jti ?? uuid4();
      const setAt = now();
      const expiresAt = seconds === undefined ? null : new Date(Date.now() + seconds * 1000).toISOString();
      const override: Override = { id, order, reason, who, signed, setAt, expiresAt };
      book = withOverride(book, override, token, setAt);
      await passOn();
      return { kind: 'applied', override };
    },

    async clear(request) {
      const { who } = believed('clear', await verifyClear.executeWithOptions({ summary: 'clear' }, [job, request]));
      const ids = book.overrides.map(({ id }) => id).filter((id) => request.id === undefined || id === request.id);
      if (ids.length === 0 && request.id !== undefined)
        throw refuse('clear', who, `there is no override ${request.id}.`, 'UnknownOverride');
      book = withCleared(book, ids);
      await passOn();
      return ids;
    },
  };
}

const refused = 'OverrideRefused';

/** The workflow's time: the same in every replay. */
const now = () => new Date().toISOString();
