/** The bandit's ear for operators: believes or refuses, remembers, and passes the word on to the runs that are under way. */
import {
  ApplicationFailure,
  getExternalWorkflowHandle,
  log,
  proxyActivities,
  proxyLocalActivities,
  uuid4,
} from '@temporalio/workflow';
import type { OverrideVerdict, VerifyActivities } from '../activities/verifyOverride';
import type { ObeyActivities } from '../activities/training/obey';
import { type Override, type RunOrders, activeAt, nextExpiry, runOrdersOf, standingOf } from '../policy/override';
import type { JobSpec } from './contracts';
import {
  type ClearRequest,
  type OrderBook,
  type OverrideAnswer,
  type OverrideRequest,
  obey,
  recurrenceId,
  runKeyOf,
} from './messages';
import type { RunUnderWay } from './ledger';
import { countOverride } from './metrics';
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
  noteRefusal(failure: ApplicationFailure): void;
  /** Tells the runs under way what holds now. */
  passOn(): Promise<void>;
}

export function createOperators(
  spec: JobSpec,
  begun: OrderBook,
  runsUnderWay: () => readonly RunUnderWay[],
): Operators {
  let book = begun;
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
  const signal = ({ slot }: RunUnderWay, orders: RunOrders) =>
    getExternalWorkflowHandle(recurrenceId(job, slot))
      .signal(obey, orders)
      .catch(() => log.info('a recurrence ended before the word reached it', { slot }));
  const passOn = async () => {
    const orders = runOrdersOf(standingOf(active(), spec.trust));
    const unreached = await tellHosts(job, runsUnderWay(), orders);
    await Promise.all(unreached.map((run) => signal(run, orders)));
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

    noteRefusal({ type, message }) {
      // Those that were refused for who said them are noted already.
      if (type === refused) return;
      // Nothing of the request itself: it may hold a token.
      book = withRefusal(book, { at: now(), order: 'unreadable', who: null, why: message ?? 'it makes no sense' });
      countOverride('malformed', 'refused');
    },

    async set(request) {
      const { order, seconds } = request;
      const isKnown = (id: string | undefined) => id !== undefined && book.ids.includes(id);
      if (isKnown(request.id)) {
        book = withKnown(book);
        countOverride(order.kind, 'known');
        return { kind: 'known', id: request.id ?? '' };
      }
      const verdict = believed(
        order.kind,
        await verifyOverride.executeWithOptions({ summary: orderText(order) }, [job, request]),
      );
      const { who, signed, reason, token } = verdict;
      const id = request.id ?? token?.jti ?? verdict.id ?? uuid4();
      const setAt = now();
      const expiresAt = seconds === undefined ? null : new Date(Date.now() + seconds * 1000).toISOString();
      const override: Override = { id, order, reason, who, signed, setAt, expiresAt };
      book = withOverride(book, override, token, setAt);
      countOverride(order.kind, 'applied');
      await passOn();
      return { kind: 'applied', override };
    },

    async clear(request) {
      const { who, token } = believed(
        'clear',
        await verifyClear.executeWithOptions({ summary: 'clear' }, [job, request]),
      );
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
    },
  };
}

const refused = 'OverrideRefused';

/** The workflow's time: the same in every replay. */
const now = () => new Date().toISOString();

/**
 * One word to each host, whatever number of runs it trains. Answers those that it did not reach: on their way to their GPUs still, or on a
 * host that is away; their recurrences will tell them.
 */
async function tellHosts(
  job: string,
  runs: readonly RunUnderWay[],
  orders: RunOrders,
): Promise<readonly RunUnderWay[]> {
  const queues = [...new Set(runs.flatMap(({ taskQueue }) => taskQueue ?? []))];
  const unreached = await Promise.all(
    queues.map(async (taskQueue) => {
      const here = runs.filter((run) => run.taskQueue === taskQueue);
      const keyOf = ({ slot }: RunUnderWay) => runKeyOf(recurrenceId(job, slot));
      const { obeyRuns } = proxyActivities<ObeyActivities>({
        taskQueue,
        startToCloseTimeout: '5s',
        scheduleToCloseTimeout: '10s',
        retry: { maximumAttempts: 2 },
      });
      const missing = await obeyRuns(here.map(keyOf), orders).catch(() => here.map(keyOf));
      return here.filter((run) => missing.includes(keyOf(run)));
    }),
  );
  return [...runs.filter(({ taskQueue }) => taskQueue === undefined), ...unreached.flat()];
}
