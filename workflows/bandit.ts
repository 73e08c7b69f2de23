/**
 * The memory of one job. It answers *ask* with a recorded decision, keeps what it is *told*, takes in what is *imported*, and
 * continues as new when Temporal suggests it. It computes nothing: decisions come from a local activity and lie in history.
 */
import {
  allHandlersFinished,
  condition,
  continueAsNew,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { DecideActivities } from '../activities/decide';
import { type Observation, teachingFailures } from '../policy/facts';
import type { Decision } from '../policy/policy';
import { banditDetails } from './banditDetails';
import { checkClear, checkOverride } from './checkOrder';
import { descriptions } from './descriptions';
import {
  attemptById,
  briefly,
  emptyLedger,
  lastChoice,
  openAttempts,
  runsUnderWay,
  withDecision,
  withExpired,
  withGivenUp,
  withImported,
  withObservation,
  withSkipped,
} from './ledger';
import {
  type AskRequest,
  type BanditInput,
  type Facts,
  type ImportAnswer,
  type ImportRequest,
  type Ledger,
  type OutsideFacts,
  type TellAnswer,
  ask,
  clearOverride,
  facts,
  giveUp,
  importFacts,
  ledger as ledgerQuery,
  override,
  overrides,
  retire,
  setOverride,
  tell,
} from './messages';
import { sortImports } from './imports';
import { createOperators } from './operators';
import { emptyOrderBook } from './orderBook';
import {
  type OutsideAsk,
  type OutsideRun,
  type OutsideTell,
  type OutsideTold,
  askOutside,
  outsideRun,
  tellOutside,
} from './outsideMessages';
import { checkOutsideAsk, findRun, named, toldOf, unknownRun } from './outsideRuns';
import { doubt } from './plausible';
import { checkAsk, checkGiveUp, checkTell, invalid } from './wellFormed';
import { checkImport, checkRoom } from './wellFormedImport';

/** Runs that may be open at once: what is open is carried through continue-as-new, whose input is at most 2 MB. */
const mostOpenRuns = 500;

const { decide, learn } = proxyLocalActivities<DecideActivities>({
  startToCloseTimeout: '30s',
  retry: { maximumAttempts: 3 },
});

export async function bandit(input: BanditInput): Promise<Ledger> {
  let known: Facts = { spec: input.spec, memory: input.memory, grid: input.grid, since: input.since };
  let ledger = input.ledger ?? emptyLedger;
  let imported = input.imported ?? [];
  let retired = false;
  const inTurn = createQueue();
  const operatorsInTurn = createQueue();

  const operators = createOperators(known.spec, input.orders ?? emptyOrderBook, {
    runsUnderWay: () => runsUnderWay(ledger),
    inTurn: (work) =>
      operatorsInTurn(work).finally(() => {
        if (waitsForEnd || operators.nextEndMs !== undefined) ordered += 1;
        show();
      }),
  });
  /** Orders after which there is, or was, an end to wait for. The others need not wake anybody. */
  let ordered = 0;
  let waitsForEnd = false;
  const show = () => setCurrentDetails(banditDetails({ spec: known.spec, ledger, book: operators.book, now: now() }));

  setHandler(ask, (request) => inTurn(() => answerAsk(request)), {
    validator: checkAskNow,
    description: descriptions.ask,
  });
  setHandler(askOutside, (request) => inTurn(() => answerOutside(request)), {
    validator: checkOutsideNow,
    description: descriptions.askOutside,
  });
  setHandler(tellOutside, answerTellOutside, {
    validator: (told) => checkTell(toldOf(told, ledger)),
    description: descriptions.tellOutside,
  });
  setHandler(outsideRun, (name) => findRun(ledger, known.spec, name), { description: descriptions.outsideRun });
  setHandler(tell, answerTell, { validator: checkTell, description: descriptions.tell });
  setHandler(
    giveUp,
    (slot) => {
      ledger = withGivenUp(ledger, slot);
      show();
    },
    { validator: checkGiveUp, description: descriptions.giveUp },
  );
  setHandler(importFacts, (request) => inTurn(() => takeIn(request)), {
    validator: checkImportNow,
    description: descriptions.importFacts,
  });
  setHandler(
    retire,
    () => {
      retired = true;
    },
    { description: descriptions.retire },
  );
  setHandler(setOverride, (request) => operators.set(request), {
    validator: (request) => checkOverride(request, known.spec),
    description: descriptions.setOverride,
  });
  setHandler(clearOverride, (request) => operators.clear(request), {
    validator: checkClear,
    description: descriptions.clearOverride,
  });
  setHandler(override, (request) => operators.heed(request), { description: descriptions.override });
  setHandler(overrides, () => operators.book, { description: descriptions.overrides });
  setHandler(facts, () => known, { description: descriptions.facts });
  setHandler(ledgerQuery, () => ledger, { description: descriptions.ledger });
  show();

  const isOver = () => retired || workflowInfo().continueAsNewSuggested;
  while (!isOver()) {
    const seen = ordered;
    const endMs = operators.nextEndMs;
    waitsForEnd = endMs !== undefined;
    const isNews = () => isOver() || ordered !== seen;
    if (endMs === undefined) await condition(isNews);
    else if (!(await condition(isNews, endMs, { summary: 'an override ends' })))
      await operatorsInTurn(() => operators.passOn()).finally(show);
  }
  await condition(allHandlersFinished);
  if (retired) return ledger;
  return continueAsNew<typeof bandit>({ ...known, ledger, imported, orders: operators.book });

  /** One ask at a time, so that each sees the decisions still in flight. */
  async function answerAsk(request: AskRequest, outside?: Omit<OutsideFacts, 'number'>): Promise<Decision> {
    ledger = withExpired(ledger, now());
    const earlier = attemptById(ledger, request.id);
    if (earlier !== undefined) return briefly(earlier.decision);
    const { spec, memory, grid, since } = known;
    const inFlight = openAttempts(ledger).map(({ decision }) => decision.batchSize);
    // What others start was skipped by no Schedule.
    const lastSlot = outside === undefined ? ledger.slots.at(-1)?.slot : undefined;
    const { overrides: orders } = operators.book;
    const told = orders.length === 0 ? {} : { overrides: orders, at: now(), last: lastChoice(ledger) };
    const summary = `slot ${request.slot}, run ${request.attempt}`;
    const answer = await decide.executeWithOptions({ summary }, [
      { spec, memory, grid, since, request, inFlight, lastSlot, ...told },
    ]);
    if (answer.grid !== undefined) known = { ...known, grid: answer.grid };
    if (answer.memory !== undefined) {
      known = { ...known, memory: answer.memory, since: known.since.slice(since.length) };
    }
    ledger = withSkipped(ledger, answer.skipped);
    const decidedAt = now();
    const leaseExpiresAt = new Date(Date.now() + spec.lease * 1000).toISOString();
    const host = request.taskQueue === undefined ? {} : { taskQueue: request.taskQueue };
    const number = ledger.totals.decisions + 1;
    const from = outside === undefined ? host : { outside: { ...outside, number } };
    ledger = withDecision(ledger, request, { decision: answer.decision, decidedAt, ...from, leaseExpiresAt });
    show();
    return briefly(answer.decision);
  }

  async function answerOutside(from: OutsideAsk): Promise<OutsideRun> {
    const { request, outside } = named(from, known.spec, ledger, now());
    const { id } = await answerAsk(request, outside);
    return outsideRunOf(id);
  }

  function answerTellOutside(told: OutsideTell): OutsideTold {
    const answer = answerTell(toldOf(told, ledger));
    return { answer, run: outsideRunOf(told.id) };
  }

  function outsideRunOf(id: string): OutsideRun {
    const run = findRun(ledger, known.spec, { id });
    if (run === null) throw unknownRun(id);
    return run;
  }

  /** Who held which GPUs is for the audit, which reads it in history. */
  function answerTell({ leases: _leases, ...observation }: Observation): TellAnswer {
    const attempt = attemptById(ledger, observation.id);
    if (attempt?.answer !== undefined) return attempt.answer;
    const why =
      attempt === undefined
        ? `no decision ${observation.id} is known`
        : doubt(observation, attempt.decision, known.spec);
    const answer: TellAnswer =
      why === undefined
        ? { counted: true, retry: mayRetry(observation) }
        : { counted: false, quarantinedBecause: why, retry: false };
    if (answer.counted) known = { ...known, since: [...known.since, observation] };
    ledger = withObservation(ledger, observation, answer, now());
    show();
    return answer;
  }

  /** Into the memory at once: single observations are many and large, and all that is left of them here is their ids. */
  async function takeIn({ observations }: ImportRequest): Promise<ImportAnswer> {
    const { fresh, answer } = sortImports(observations, imported, known.spec);
    if (fresh.length === 0) return answer;
    const { spec, memory, since } = known;
    const summary = `${fresh.length} imported observations`;
    const learned = await learn.executeWithOptions({ summary }, [{ spec, memory, since: [...since, ...fresh] }]);
    known = { ...known, memory: learned, since: known.since.slice(since.length) };
    imported = [...imported, ...fresh.map(({ id }) => id)];
    ledger = withImported(ledger, fresh.length);
    return answer;
  }

  function checkImportNow(request: ImportRequest): void {
    checkImport(request);
    checkRoom(imported, request.observations);
  }

  function checkAskNow(request: AskRequest): void {
    checkAsk(request);
    checkOpenRuns();
  }

  function checkOutsideNow(request: OutsideAsk): void {
    checkOutsideAsk(request, known.spec);
    checkOpenRuns();
  }

  function checkOpenRuns(): void {
    if (openAttempts(withExpired(ledger, now())).length < mostOpenRuns) return;
    throw invalid(`Cannot decide: ${mostOpenRuns} runs are open; tell how they ended, or wait for their leases.`);
  }

  function mayRetry({ outcome, attempt }: Observation): boolean {
    return outcome !== 'converged' && teachingFailures.includes(outcome) && attempt < known.spec.attempts;
  }
}

const now = () => new Date().toISOString();

/** Runs what it is given one after the other, whether or not the one before failed. */
function createQueue() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work, work);
    last = result;
    return result;
  };
}
