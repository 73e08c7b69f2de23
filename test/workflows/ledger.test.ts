import fc from 'fast-check';
import {
  emptyLedger,
  openAttempts,
  withDecision,
  withExpired,
  withGivenUp,
  withObservation,
  withSkipped,
} from '../../workflows/ledger';
import { type Ledger, explainedRuns, ledgerLength, slotAt } from '../../workflows/messages';
import { decision, observation } from '../support/job';

const hour = (n: number) => slotAt(new Date(Date.UTC(2021, 6, 1, n)));
const counted = { counted: true, retry: false };

function asked(ledger: Ledger, slot: string, attempt = 1, leaseExpiresAt = '2030-01-01T00:00:00Z'): Ledger {
  const id = `${slot}/${attempt}`;
  const request = { id, slot, attempt, gpus: { model: 'V100', count: 1, powerLimitsWatts: [100, 250] } };
  return withDecision(ledger, request, { decision: decision({ id }), decidedAt: slot, leaseExpiresAt });
}

const told = (ledger: Ledger, slot: string, attempt = 1, answer: typeof counted = counted, changes = {}) =>
  withObservation(ledger, observation({ id: `${slot}/${attempt}`, slot, attempt, ...changes }), answer, slot);

describe('the slot ledger', () => {
  it('says that a slot ran once its run converged', () => {
    const ledger = told(asked(emptyLedger, hour(0)), hour(0));
    expect(ledger.slots[0]!.state).toEqual({ kind: 'ran' });
    expect(ledger.totals).toMatchObject({
      slots: { ran: 1, skipped: 0, failed: 0 },
      told: 1,
      counted: 1,
      joules: 60_000,
    });
  });

  it('keeps a slot open while its recurrence tries again, and gives it one entry', () => {
    const retry = { counted: true, retry: true };
    let ledger = told(asked(emptyLedger, hour(0)), hour(0), 1, retry, { outcome: 'tooDear' });
    expect(ledger.slots[0]!.state).toEqual({ kind: 'open' });
    ledger = told(asked(ledger, hour(0), 2), hour(0), 2);
    expect(ledger.slots).toHaveLength(1);
    expect(ledger.slots[0]!.attempts).toHaveLength(2);
    expect(ledger.slots[0]!.state).toEqual({ kind: 'ran' });
  });

  it('takes a run for lost when its lease expires, and corrects itself when the run is told after all', () => {
    let ledger = asked(emptyLedger, hour(0), 1, hour(3));
    expect(openAttempts(withExpired(ledger, hour(2)))).toHaveLength(1);
    ledger = withExpired(ledger, hour(3));
    expect(openAttempts(ledger)).toHaveLength(0);
    expect(ledger.slots[0]!.state).toMatchObject({ kind: 'failed', failure: 'infrastructure' });
    expect(ledger.totals.expired).toBe(1);
    ledger = told(ledger, hour(0));
    expect(ledger.slots[0]!.state).toEqual({ kind: 'ran' });
    expect(ledger.totals.slots).toEqual({ ran: 1, skipped: 0, failed: 0 });
  });

  it('names the failure of a slot that failed', () => {
    const ledger = told(asked(emptyLedger, hour(0)), hour(0), 1, counted, { outcome: 'preempted' });
    expect(ledger.slots[0]!.state).toEqual({ kind: 'failed', failure: 'preempted' });
  });

  it('does not add the joules of a quarantined observation', () => {
    const ledger = told(asked(emptyLedger, hour(0)), hour(0), 1, { counted: false, retry: false });
    expect(ledger.totals).toMatchObject({ told: 1, counted: 0, quarantined: 1, joules: 0 });
  });

  it('notes skipped slots once, in order of time, and never over a slot that is known', () => {
    let ledger = told(asked(emptyLedger, hour(2)), hour(2));
    ledger = withSkipped(withSkipped(ledger, [hour(0), hour(1), hour(2)]), [hour(1)]);
    expect(ledger.slots.map(({ slot, state }) => [slot, state.kind])).toEqual([
      [hour(0), 'skipped'],
      [hour(1), 'skipped'],
      [hour(2), 'ran'],
    ]);
    expect(ledger.totals.slots).toEqual({ ran: 1, skipped: 2, failed: 0 });
  });

  it('says of each skipped slot whether a recurrence was under way at its time', () => {
    const ran = told(asked(emptyLedger, hour(0)), hour(0));
    const long = withObservation(
      asked(ran, hour(1)),
      observation({ id: `${hour(1)}/1`, slot: hour(1) }),
      counted,
      hour(3),
    );
    const whys = withSkipped(long, [hour(2), hour(3), hour(4)]).slots.flatMap(({ state }) =>
      state.kind === 'skipped' ? [state.why] : [],
    );
    expect(whys).toEqual([
      'an earlier recurrence was still running',
      'an earlier recurrence was still running',
      expect.stringContaining('the schedule was paused'),
    ]);
  });

  it('ends a slot that got no decision, with the reason, once', () => {
    const lost = { slot: hour(0), failure: 'infrastructure', why: 'too few GPUs' } as const;
    const ledger = withGivenUp(withGivenUp(emptyLedger, lost), lost);
    expect(ledger.slots).toEqual([
      { slot: hour(0), state: { kind: 'failed', failure: 'infrastructure', why: 'too few GPUs' }, attempts: [] },
    ]);
    expect(ledger.totals.slots.failed).toBe(1);
  });

  it('ends a slot whose recurrence was to try again and never came back', () => {
    const retry = { counted: true, retry: true };
    const ledger = told(asked(emptyLedger, hour(0), 1, hour(3)), hour(0), 1, retry, { outcome: 'tooDear' });
    expect(withExpired(ledger, hour(2)).slots[0]!.state).toEqual({ kind: 'open' });
    const later = withExpired(ledger, hour(3));
    expect(later.slots[0]!.state).toMatchObject({ kind: 'failed', failure: 'infrastructure' });
    expect(later.totals).toMatchObject({ expired: 0, slots: { failed: 1 } });
  });

  it('lets nothing undo that a slot ran', () => {
    let ledger = asked(asked(emptyLedger, hour(0), 1, hour(3)), hour(0), 2, hour(3));
    ledger = told(ledger, hour(0));
    const tooDear = told(ledger, hour(0), 2, counted, { outcome: 'tooDear' });
    for (const each of [ledger, withExpired(ledger, hour(4)), tooDear]) {
      expect(each.slots[0]!.state).toEqual({ kind: 'ran' });
      expect(each.totals.slots).toEqual({ ran: 1, skipped: 0, failed: 0 });
    }
    expect(withExpired(ledger, hour(4)).totals.expired).toBe(1);
  });

  it('forgets the oldest closed slots but counts them, and keeps open ones', () => {
    let ledger = asked(emptyLedger, hour(0));
    for (let n = 1; n <= ledgerLength + 20; n++) ledger = told(asked(ledger, hour(n)), hour(n));
    expect(ledger.slots).toHaveLength(ledgerLength + 1);
    expect(ledger.slots[0]!.slot).toBe(hour(0));
    expect(ledger.totals.slots.ran).toBe(ledgerLength + 20);
  });

  it('keeps what was considered and measured for the latest slots only', () => {
    const candidate = { ...decision().considered[0], batchSize: 64, verdict: 'worth trying' };
    const measured = {
      batchSize: 64,
      powerLimitWatts: 100,
      secondsPerEpoch: 1,
      averageWatts: 90,
      source: 'run' as const,
    };
    let ledger: Ledger = emptyLedger;
    for (let n = 0; n < 30; n++) {
      const [slot] = asked(emptyLedger, hour(n)).slots;
      const [attempt] = slot!.attempts;
      const explained = { ...attempt!, decision: { ...attempt!.decision, considered: [candidate as never] } };
      const request = {
        id: `${hour(n)}/1`,
        slot: hour(n),
        attempt: 1,
        gpus: { model: 'V100', count: 1, powerLimitsWatts: [100] },
      };
      ledger = told(withDecision(ledger, request, explained), hour(n), 1, counted, { measurements: [measured] });
    }
    const detailed = ledger.slots.map(({ attempts: [first] }) => [
      first!.decision.considered.length,
      first!.observation!.measurements.length,
    ]);
    expect(detailed).toEqual(Array.from({ length: 30 }, (_, i) => (i < 30 - explainedRuns ? [0, 0] : [1, 1])));
    expect(ledger.totals.joules).toBe(30 * 60_000);
  });

  it('has told = counted + quarantined and one state per slot, whatever happens in whatever order', () => {
    const step = fc.record({
      what: fc.constantFrom('ask', 'tell', 'quarantine', 'expire', 'skip', 'giveUp'),
      hour: fc.integer({ min: 0, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let ledger: Ledger = emptyLedger;
        for (const each of steps) {
          const slot = hour(each.hour);
          if (each.what === 'ask') ledger = asked(ledger, slot, 1 + steps.indexOf(each), hour(5));
          if (each.what === 'tell') ledger = told(ledger, slot);
          if (each.what === 'quarantine') ledger = told(ledger, slot, 1, { counted: false, retry: false });
          if (each.what === 'expire') ledger = withExpired(ledger, hour(6));
          if (each.what === 'giveUp') ledger = withGivenUp(ledger, { slot, failure: 'operator', why: 'stopped' });
          if (each.what === 'skip') ledger = withSkipped(ledger, [slot]);
        }
        const { totals, slots } = ledger;
        expect(totals.told).toBe(totals.counted + totals.quarantined);
        expect(new Set(slots.map(({ slot }) => slot)).size).toBe(slots.length);
        for (const kind of ['ran', 'skipped', 'failed'] as const) {
          expect(totals.slots[kind]).toBe(slots.filter(({ state }) => state.kind === kind).length);
        }
      }),
    );
  });
});
