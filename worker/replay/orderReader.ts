/** Operators' orders as a history has them: a message, the verdict on it, and, where it was an update, the answer. */
import { ApplicationFailure } from '@temporalio/common';
import { type OverrideVerdict, requestDigest } from '../../activities/verifyOverride';
import { checkOverride } from '../../workflows/checkOrder';
import type { BanditInput, ClearRequest, OverrideAnswer, OverrideRequest } from '../../workflows/messages';
import type { Cleared, Overridden } from './log';
import type { Waiting } from './logReader';

type Believed = Extract<OverrideVerdict, { readonly ok: true }>;

export class OrderReader {
  private orders: readonly Waiting<OverrideRequest>[] = [];
  private clears: readonly Waiting<ClearRequest>[] = [];
  private readonly ids: Set<string>;
  private readonly tokens: Set<string>;

  constructor(
    private readonly input: BanditInput,
    private readonly answers: ReadonlyMap<number, unknown>,
  ) {
    this.ids = new Set(input.orders?.ids ?? []);
    this.tokens = new Set(Object.keys(input.orders?.tokens ?? {}));
  }

  ordered(request: OverrideRequest, event: number): void {
    const isRepeat = request.id !== undefined && this.ids.has(request.id);
    if (!isRepeat && this.makesSense(request)) this.orders = [...this.orders, { event, request }];
  }

  cleared(request: ClearRequest, event: number): void {
    this.clears = [...this.clears, { event, request }];
  }

  /** Undefined where nothing came of it. */
  judgedOrder(verdict: OverrideVerdict, now: string): Overridden | undefined {
    const found = judgedOf(this.orders, verdict);
    this.orders = this.orders.filter((each) => each !== found);
    if (found === undefined || !verdict.ok || this.isUsed(verdict)) return undefined;
    const override = this.overrideOf(found, verdict, now);
    if (override === undefined) return undefined;
    this.ids.add(override.id);
    return { type: 'override', override, ...this.tokenOf(verdict) };
  }

  judgedClear(verdict: OverrideVerdict, now: string): Cleared | undefined {
    const found = judgedOf(this.clears, verdict);
    this.clears = this.clears.filter((each) => each !== found);
    if (found === undefined || !verdict.ok || this.isUsed(verdict)) return undefined;
    const ids = this.answers.get(found.event);
    if (!isTexts(ids)) return undefined;
    return { type: 'clear', at: now, ids, ...this.tokenOf(verdict) };
  }

  /** Who sent a signal was not answered; nor, yet, was who sends an update just now. */
  private overrideOf({ event, request }: Waiting<OverrideRequest>, verdict: Believed, now: string) {
    const answer = this.answers.get(event);
    if (isApplied(answer)) return answer.override;
    // It was refused after all.
    if (this.answers.has(event)) return undefined;
    const { who, signed, reason, token } = verdict;
    const id = request.id ?? token?.jti ?? verdict.id ?? `unknown ${event}`;
    const { order, seconds } = request;
    const expiresAt = seconds === undefined ? null : new Date(Date.parse(now) + seconds * 1000).toISOString();
    return { id, order, reason, who, signed, setAt: now, expiresAt };
  }

  private isUsed({ token }: Believed): boolean {
    return token !== undefined && this.tokens.has(token.jti);
  }

  private tokenOf({ token }: Believed) {
    if (token === undefined) return {};
    this.tokens.add(token.jti);
    return { token };
  }

  private makesSense(request: OverrideRequest): boolean {
    try {
      checkOverride(request, this.input.spec);
      return true;
    } catch (error) {
      if (error instanceof ApplicationFailure) return false;
      throw error;
    }
  }
}

/** Verdicts of version 0.1 do not say on what; they came in the order of the messages. */
function judgedOf<Request>(waiting: readonly Waiting<Request>[], { of }: OverrideVerdict) {
  return waiting.find(({ request }) => of === undefined || requestDigest(request) === of);
}

function isApplied(answer: unknown): answer is Extract<OverrideAnswer, { kind: 'applied' }> {
  return typeof answer === 'object' && answer !== null && 'kind' in answer && answer.kind === 'applied';
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}
