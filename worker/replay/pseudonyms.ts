/**
 * A log without names: of the job, people, hosts, GPUs and orders, and without what people wrote. What counts for a decision, its
 * seed included, stays, and with it instants, GPU models and the grid's zone.
 */
import type { Observation } from '../../policy/facts';
import type { Override } from '../../policy/override';
import type { Decision } from '../../policy/policy';
import type { JobSpec } from '../../workflows/contracts';
import type { AskRequest, BanditInput, Ledger, OrderBook, OutsideFacts } from '../../workflows/messages';
import type { LogEntry } from './log';

/** Instead of the job's name. */
export const anonymous = 'anonymous';

export class Pseudonyms {
  private readonly names = new Map<string, string>();

  hide(entry: LogEntry): LogEntry {
    switch (entry.type) {
      case 'begun':
        return { ...entry, input: this.input(entry.input) };
      case 'decision':
        return {
          ...entry,
          request: request(entry.request),
          decision: this.decision(entry.decision),
          ...(entry.outside === undefined ? {} : { outside: this.outside(entry.outside) }),
        };
      case 'observation':
        return { ...entry, observation: this.observation(entry.observation) };
      case 'giveUp':
        return { ...entry, slot: { ...entry.slot, why: '' } };
      case 'import':
        return { ...entry, observations: entry.observations.map((each) => this.observation(each)) };
      case 'override':
        return { type: entry.type, override: this.override(entry.override) };
      case 'clear':
        return { type: entry.type, at: entry.at, ids: entry.ids.map((id) => this.name('override', id)) };
    }
  }

  /** The same name for the same thing, whatever it is called. */
  private name(kind: string, of: string): string {
    const key = `${kind} ${of}`;
    const name = this.names.get(key) ?? `${kind}-${this.names.size + 1}`;
    this.names.set(key, name);
    return name;
  }

  private decision(decision: Decision): Decision {
    const { overrides } = decision;
    return overrides === undefined
      ? decision
      : { ...decision, overrides: overrides.map((id) => this.name('override', id)) };
  }

  private outside<Facts extends Pick<OutsideFacts, 'key'>>(facts: Facts): Facts {
    return facts.key === undefined ? facts : { ...facts, key: this.name('run', facts.key) };
  }

  private observation({ detail: _detail, leases: _leases, imported, ...facts }: Observation): Observation {
    if (imported === undefined) return facts;
    return { ...facts, imported: { ...imported, from: this.name('source', imported.from) } };
  }

  private override(override: Override): Override {
    const { id, who } = override;
    return { ...override, id: this.name('override', id), who: this.name('person', who), reason: '' };
  }

  private input({ spec, since, ledger, orders, ...input }: BanditInput): BanditInput {
    return {
      ...input,
      spec: unnamed(spec),
      since: since.map((each) => this.observation(each)),
      ...(ledger === undefined ? {} : { ledger: this.ledger(ledger) }),
      ...(orders === undefined ? {} : { orders: this.orders(orders) }),
    };
  }

  private ledger({ slots, totals }: Ledger): Ledger {
    const hidden = slots.map((slot) => ({
      ...slot,
      state: 'why' in slot.state ? { ...slot.state, why: '' } : slot.state,
      attempts: slot.attempts.map(({ taskQueue: _queue, observation, decision, outside, ...attempt }) => ({
        ...attempt,
        ...(outside === undefined ? {} : { outside: this.outside(outside) }),
        decision: this.decision(decision),
        ...(observation === undefined ? {} : { observation: this.observation(observation) }),
      })),
    }));
    return { slots: hidden, totals };
  }

  /** Tokens and refusals are nobody's business elsewhere. */
  private orders({ overrides, counts }: OrderBook): OrderBook {
    const hidden = overrides.map((each) => this.override(each));
    return { overrides: hidden, counts, refused: [], ids: hidden.map(({ id }) => id), tokens: {} };
  }
}

function request({ taskQueue: _queue, grid, ...asked }: AskRequest): AskRequest {
  if (grid === undefined) return asked;
  const { failure: _failure, ...view } = grid;
  return { ...asked, grid: view };
}

function unnamed(spec: JobSpec): JobSpec {
  return {
    ...spec,
    job: anonymous,
    target: { ...spec.target, metric: 'metric' },
    trainer: { kind: spec.trainer.kind },
  };
}
