/** Puts the messages to a bandit and the answers of its activities together, as they come in its history, to entries of its log. */
import { type DecideAnswer, seedOf } from '../../activities/decide';
import type { Observation } from '../../policy/facts';
import type { Decision } from '../../policy/policy';
import { emptyLedger } from '../../workflows/ledger';
import type {
  AskRequest,
  BanditInput,
  GiveUp,
  ImportRequest,
  OutsideFacts,
  Slot,
  TellAnswer,
} from '../../workflows/messages';
import type { OutsideAsk, OutsideTell } from '../../workflows/outsideMessages';
import { named, toldOf } from '../../workflows/outsideRuns';
import type { Decided, LogEntry } from './log';
import { OrderReader } from './orderReader';

/** `event`: the one that accepted the message. */
export interface Waiting<Request> {
  readonly event: number;
  readonly request: Request;
}

/** Of the ask that is first in line: when it came to be, and after which entry. */
interface Turn {
  readonly at: string;
  readonly place: number;
}

export class LogReader {
  readonly entries: LogEntry[];
  readonly orders: OrderReader;
  private asks: readonly Waiting<AskRequest | OutsideAsk>[] = [];
  private turn: Turn = { at: '', place: 0 };
  private imports: readonly Waiting<ImportRequest>[] = [];
  /** Observations that count and are not folded into the memory. */
  private since: number;
  private readonly told: Set<string>;
  /** Slots with one run each, by its decision's id. */
  private readonly runs: Map<string, Slot>;

  /** `answers`: to updates, by the event that accepted them; undefined for what was refused. */
  constructor(
    private readonly input: BanditInput,
    answers: ReadonlyMap<number, unknown>,
  ) {
    this.entries = [{ type: 'begun', input }];
    this.orders = new OrderReader(input, answers);
    this.since = input.since.length;
    const slots = input.ledger?.slots ?? [];
    const attempts = slots.flatMap((slot) => slot.attempts);
    this.told = new Set(attempts.flatMap(({ answer, decision }) => (answer === undefined ? [] : [decision.id])));
    this.runs = new Map(
      slots.flatMap((slot) => slot.attempts.map((attempt) => [attempt.decision.id, { ...slot, attempts: [attempt] }])),
    );
  }

  add(entry: LogEntry | undefined): void {
    if (entry !== undefined) this.entries.push(entry);
  }

  asked(request: AskRequest | OutsideAsk, event: number, now: string): void {
    this.asks = [...this.asks, { event, request }];
    if (this.asks.length === 1) this.turn = { at: now, place: this.entries.length };
  }

  /** A decision stands where its facts ended. */
  decided({ decision, skipped, memory, grid, knew }: DecideAnswer, now: string): void {
    const [first] = this.asks;
    const asked = this.asks.find(({ request }) => 'id' in request && request.id === decision.id) ?? first;
    if (asked === undefined) return;
    const { request, outside } = this.namesOf(asked.request, decision);
    const place = knew === undefined ? this.turn.place : this.placeOf(knew.since);
    const entry: Decided = {
      type: 'decision',
      slot: request.slot,
      at: knew?.at ?? this.turn.at,
      decidedAt: now,
      request,
      ...(outside === undefined ? {} : { outside }),
      seed: seedOf(this.input.spec.job, request.id),
      ...(knew === undefined ? {} : { inFlight: knew.inFlight, node: knew.node }),
      skipped,
      decision,
      ...(memory === undefined ? {} : { folds: true, memory }),
      ...(grid === undefined ? {} : { grid }),
    };
    this.entries.splice(place, 0, entry);
    const attempt = {
      ...{ decision, decidedAt: now, leaseExpiresAt: '' },
      ...(outside === undefined ? {} : { outside: { ...outside, number: 0 } }),
    };
    this.runs.set(decision.id, { slot: request.slot, state: { kind: 'open' }, attempts: [attempt] });
    if (memory !== undefined) this.since = this.entries.slice(place).filter(counts).length;
    this.leave(asked.event, now);
  }

  /** An update is over: what was answered from memory alone left no decision. */
  answered(event: number, now: string): void {
    this.leave(event, now);
    this.imports = this.imports.filter((each) => each.event !== event);
  }

  /** Told again, it is answered as before. */
  tell({ leases: _leases, ...observation }: Observation, answer: TellAnswer | undefined, now: string): void {
    if (answer === undefined || this.told.has(observation.id)) return;
    const { counted, quarantinedBecause, retry } = answer;
    this.told.add(observation.id);
    const why = quarantinedBecause === undefined ? {} : { quarantinedBecause };
    this.add({ type: 'observation', toldAt: now, observation, ...why, ...(retry ? { retry } : {}) });
    if (counted) this.since += 1;
  }

  tellOutside(told: OutsideTell, answer: TellAnswer | undefined, now: string): void {
    const slot = this.runs.get(told.id);
    if (slot !== undefined) this.tell(toldOf(told, { ...emptyLedger, slots: [slot] }), answer, now);
  }

  gaveUp(slot: GiveUp): void {
    this.add({ type: 'giveUp', slot });
  }

  imported(request: ImportRequest, event: number): void {
    this.imports = [...this.imports, { event, request }];
  }

  learned(memory: unknown): void {
    const [first, ...rest] = this.imports;
    if (first === undefined) return;
    this.imports = rest;
    this.add({ type: 'import', observations: first.request.observations, memory });
    this.since = 0;
  }

  /** The bandit named a run that comes from outside after its slot and attempt, as the decision does. */
  private namesOf(
    ask: AskRequest | OutsideAsk,
    { id }: Decision,
  ): { readonly request: AskRequest; readonly outside?: Omit<OutsideFacts, 'number'> } {
    if ('id' in ask) return { request: ask };
    const end = id.lastIndexOf('/');
    const names = { slot: id.slice(0, end), attempt: Number(id.slice(end + 1)) };
    return named({ ...ask, ...names }, this.input.spec, emptyLedger, names.slot);
  }

  private leave(event: number, now: string): void {
    const isFirst = this.asks[0]?.event === event;
    this.asks = this.asks.filter((each) => each.event !== event);
    if (isFirst) this.turn = { at: now, place: this.entries.length };
  }

  /** After so many observations since the memory was brought up to date. */
  private placeOf(since: number): number {
    let place = this.turn.place;
    let known = this.since - this.entries.slice(place).filter(counts).length;
    for (; known < since && place < this.entries.length; place++) known += Number(counts(this.entries[place]));
    for (; known > since && place > 1; place--) known -= Number(counts(this.entries[place - 1]));
    return place;
  }
}

function counts(entry: LogEntry | undefined): boolean {
  return entry?.type === 'observation' && entry.quarantinedBecause === undefined;
}
