/** What operators said to a bandit and what came of it, by update or by signal, as its history tells. */
import { z } from 'zod';
import type { Job } from '../../policy/facts';
import { checkOverride } from '../../workflows/checkOrder';
import { messageOf } from '../import/input';
import { type AuditEntry, type Facts, type Run, entryOf, fieldsOf, only } from './entry';
import type { Happening } from './happenings';
import { type Judged, type Verdict, Verdicts } from './verdicts';

type Signal = Extract<Happening, { kind: 'signal' }>;
type Update = Extract<Happening, { kind: 'update' }>;
type Answer = Extract<Happening, { kind: 'answer' }>;

/** As much of a job's as it takes to see whether an order makes sense. */
const specSchema = z.object({ batchSizes: z.array(z.number()) });

/** Goes through one run's history in its order, as the bandit did. */
export class OperatorEntries {
  private readonly spec: Pick<Job, 'batchSizes'> | undefined;
  private readonly verdicts: Verdicts;
  private readonly ids: Set<unknown>;
  private readonly tokens: Set<string | undefined>;

  constructor(
    private readonly run: Run,
    happenings: readonly Happening[],
  ) {
    const started = happenings.find(({ kind }) => kind === 'started');
    const input = fieldsOf(started?.kind === 'started' ? started.input : undefined);
    const book = fieldsOf(input['orders']);
    this.spec = specSchema.safeParse(input['spec']).data;
    this.verdicts = new Verdicts(happenings);
    this.ids = new Set(Array.isArray(book['ids']) ? book['ids'] : []);
    this.tokens = new Set(Object.keys(fieldsOf(book['tokens'])));
  }

  /** Undefined while nobody has heard it yet. */
  signalled(signal: Signal): AuditEntry | undefined {
    const { input, client } = signal;
    const facts = { ...orderOf(input), client, by: 'signal' };
    const nonsense = this.whyNonsense(input);
    if (nonsense !== undefined) return this.entry(signal, 'refusal', { ...facts, ...claimed(input), why: nonsense });
    const { id } = fieldsOf(input);
    if (id !== undefined && this.ids.has(id)) return this.entry(signal, 'repeat', { ...facts, ...claimed(input), id });
    const judged = this.verdicts.take(input, signal.eventId);
    return judged && this.judged(judged, facts, id);
  }

  updated(update: Update, answer: Answer): AuditEntry {
    const { input, client, name } = update;
    const facts = { ...orderOf(input), client, by: 'update' };
    const success = fieldsOf(answer.success);
    if (success['kind'] === 'known') return this.entry(answer, 'repeat', { ...facts, ...claimed(input), ...success });
    const judged = this.verdicts.take(input, update.eventId);
    const known = { ...facts, ...(judged && believed(judged.verdict)) };
    const order = name === 'clearOverride' ? { order: { kind: 'clear' } } : {};
    if (answer.failure !== undefined) return this.entry(answer, 'refusal', { ...known, ...order, why: answer.failure });
    if (name === 'clearOverride') return this.entry(answer, 'clear', { ...known, ids: answer.success });
    const { setAt: _setAt, ...override } = fieldsOf(success['override']);
    this.ids.add(override['id']);
    if (judged !== undefined) this.tokens.add(tokenOf(judged.verdict));
    return this.entry(answer, 'override', { ...known, ...override });
  }

  /** The verdict on a signal; nobody was answered. */
  private judged({ verdict, at }: Judged, facts: Facts, own: unknown): AuditEntry {
    const known = { ...facts, ...believed(verdict) };
    if (!verdict.ok) return this.entry(at, 'refusal', { ...known, why: verdict.why });
    const token = tokenOf(verdict);
    if (token !== undefined && this.tokens.has(token))
      return this.entry(at, 'refusal', { ...known, why: 'its token was used before.' });
    const id = own ?? token ?? verdict.id ?? null;
    this.ids.add(id);
    this.tokens.add(token);
    return this.entry(at, 'override', { ...known, id, expiresAt: endOf(at, facts['seconds']) });
  }

  private whyNonsense(input: unknown): string | undefined {
    if (this.spec === undefined) return undefined;
    try {
      checkOverride(input, this.spec);
      return undefined;
    } catch (error) {
      return messageOf(error);
    }
  }

  private entry(at: Happening, kind: string, facts: Facts): AuditEntry {
    return entryOf(this.run, at, kind, facts);
  }
}

function believed(verdict: Verdict): Facts {
  const { who } = verdict;
  if (!verdict.ok) return { who };
  const tokenId = tokenOf(verdict);
  const { signed, reason } = verdict;
  return { who, signed, reason, ...(tokenId === undefined ? {} : { tokenId }) };
}

function tokenOf(verdict: Verdict): string | undefined {
  return verdict.ok ? verdict.token?.jti : undefined;
}

/** To the second or so: the bandit counts from when it believed the order. */
function endOf({ at }: Happening, seconds: unknown): string | null {
  return typeof seconds === 'number' ? new Date(Date.parse(at) + seconds * 1000).toISOString() : null;
}

/** Never the token. What makes no sense may hold anything, so of that nothing but the kind is told on. */
function orderOf(request: unknown): Facts {
  const { order, ...others } = only(request, 'id', 'order', 'reason', 'seconds');
  const { kind, ...value } = only(order, 'kind', 'batchSize', 'powerLimitWatts', 'eta', 'maxSlowdown');
  const told = order === undefined ? {} : { order: { kind: shortText(kind), ...numbersIn(value) } };
  return { ...numbersIn(others), ...textsIn(others), ...told };
}

/** Who says so, where nobody judged it. */
function claimed(request: unknown): Facts {
  const { who } = fieldsOf(request);
  return typeof who === 'string' ? { who: shortText(who) } : {};
}

const shortText = (value: unknown) => (typeof value === 'string' ? value.slice(0, 500) : null);

function numbersIn(fields: object): Facts {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => typeof value === 'number'));
}

function textsIn(fields: object): Facts {
  const texts = Object.entries(fields).filter(([, value]) => typeof value === 'string');
  return Object.fromEntries(texts.map(([key, value]) => [key, shortText(value)]));
}
