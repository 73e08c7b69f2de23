import fc from 'fast-check';
import { type Order, type Override, activeAt, runOrdersOf, standingOf } from '../../policy/override';
import { nextTrust, trustLevels } from '../../policy/trust';

const override = (order: Order, minute: number): Override => ({
  ...{ id: `o${minute}`, order, reason: 'r', who: 'w', signed: true },
  setAt: `2021-07-01T00:0${minute}:00.000Z`,
  expiresAt: null,
});

describe('nextTrust', () => {
  it('climbs and descends one step, and ends at the ends', () => {
    expect([nextTrust('shadow', 1), nextTrust('power', 1), nextTrust('full', 1)]).toEqual(['power', 'full', undefined]);
    expect([nextTrust('full', -1), nextTrust('power', -1), nextTrust('shadow', -1)]).toEqual([
      'power',
      'shadow',
      undefined,
    ]);
  });
});

describe('the trust of a job', () => {
  it('is that of its file until somebody moves it; the last word counts, whatever else was ordered', () => {
    const level = fc.constantFrom(...trustLevels);
    fc.assert(
      fc.property(level, fc.array(level, { maxLength: 5 }), (begun, moves) => {
        const orders = moves.map((to, i) => override({ kind: 'trust', level: to }, i + 1));
        const active = activeAt([override({ kind: 'freeze' }, 0), ...orders], '2021-07-01T01:00:00.000Z');
        expect(standingOf(active, begun).trust).toBe(moves.at(-1) ?? begun);
      }),
    );
  });

  it('in the shadow means to a run under way: as if nothing were tuned', () => {
    const active = [override({ kind: 'pinPowerLimit', powerLimitWatts: 100 }, 0)];
    expect(runOrdersOf(standingOf(active, 'shadow'))).toEqual({ tuning: false });
    expect(runOrdersOf(standingOf(active, 'power'))).toEqual({ tuning: true, powerLimitWatts: 100 });
  });
});
