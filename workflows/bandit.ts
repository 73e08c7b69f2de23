/**
 * The memory of one job. It answers *ask* with a recorded decision, keeps what it is *told*, and continues as new when
 * Temporal suggests it. It computes nothing: decisions come from a local activity and lie in history.
 */
import {
  allHandlersFinished,
  condition,
  continueAsNew,
  proxyLocalActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { DecideActivities } from '../activities/decide';
import { type Observation, teachingFailures } from '../policy/facts';
import type { Decision } from '../policy/policy';
import {
  attemptById,
  briefly,
  emptyLedger,
  openAttempts,
  withDecision,
  withExpired,
  withGivenUp,
  withObservation,
  withSkipped,
} from './ledger';
import {
  type AskRequest,
  type BanditInput,
  type Facts,
  type Ledger,
  type TellAnswer,
  ask,
  facts,
  giveUp,
  ledger as ledgerQuery,
  retire,
  tell,
} from './messages';
import { doubt } from './plausible';
import { checkAsk, checkGiveUp, checkTell, invalid } from './wellFormed';

/** Runs that may be open at once: what is open is carried through continue-as-new, whose input is at most 2 MB. */
const mostOpenRuns = 500;

const { decide } = proxyLocalActivities<DecideActivities>({
  startToCloseTimeout: '30s',
  retry: { maximumAttempts: 3 },
});

export async function bandit(input: BanditInput): Promise<Ledger> {
  let known: Facts = { spec: input.spec, memory: input.memory, grid: input.grid, since: input.since };
  let ledger = input.ledger ?? emptyLedger;
  let retired = false;
  const inTurn = createQueue();

  setHandler(ask, (request) => inTurn(() => answerAsk(request)), { validator: checkAskNow });
  setHandler(tell, answerTell, { validator: checkTell });
  setHandler(
    giveUp,
    (slot) => {
      ledger = withGivenUp(ledger, slot);
    },
    { validator: checkGiveUp },
  );
  setHandler(retire, () => {
    retired = true;
  });
  setHandler(facts, () => known);
  setHandler(ledgerQuery, () => ledger);

  await condition(() => retired || workflowInfo().continueAsNewSuggested);
  await condition(allHandlersFinished);
  if (retired) return ledger;
  return continueAsNew<typeof bandit>({ ...known, ledger });

  /** One ask at a time, so that each sees the decisions still in flight. */
  async function answerAsk(request: AskRequest): Promise<Decision> {
    ledger = withExpired(ledger, now());
    const earlier = attemptById(ledger, request.id);
    if (earlier !== undefined) return briefly(earlier.decision);
    const { spec, memory, grid, since } = known;
    const inFlight = openAttempts(ledger).map(({ decision }) => decision.batchSize);
    const lastSlot = ledger.slots.at(-1)?.slot;
    const answer = await decide({ spec, memory, grid, since, request, inFlight, lastSlot });
    if (answer.grid !== undefined) known = { ...known, grid: answer.grid };
    if (answer.memory !== undefined) {
      known = { ...known, memory: answer.memory, since: known.since.slice(since.length) };
    }
    ledger = withSkipped(ledger, answer.skipped);
    const decidedAt = now();
    const leaseExpiresAt = new Date(Date.now() + spec.lease * 1000).toISOString();
    ledger = withDecision(ledger, request, { decision: answer.decision, decidedAt, leaseExpiresAt });
    return briefly(answer.decision);
  }

  function answerTell(observation: Observation): TellAnswer {
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
    return answer;
  }

  function checkAskNow(request: AskRequest): void {
    checkAsk(request);
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
