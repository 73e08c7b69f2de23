import type { Override } from '../../policy/override';
import { type Shown, banditDetails } from '../../workflows/banditDetails';
import { emptyLedger } from '../../workflows/ledger';
import { literal } from '../../workflows/markdown';
import type { Attempt } from '../../workflows/messages';
import { emptyOrderBook } from '../../workflows/orderBook';
import { decision, jobSpec, observation } from '../support/job';

const at = (hour: number) => `2021-07-01T${String(hour).padStart(2, '0')}:00:00Z`;
const attempt = (changes: Partial<Attempt> = {}): Attempt => ({
  ...{ decision: decision(), decidedAt: at(0), leaseExpiresAt: at(9), ...changes },
});
const override: Override = {
  ...{ id: 'a', order: { kind: 'eta', eta: 0.8 }, reason: 'the *grid* | is red', who: '<b>ann</b>', signed: true },
  ...{ setAt: at(0), expiresAt: at(6) },
};

const shown = (changes: Partial<Shown> = {}) =>
  banditDetails({ spec: jobSpec(), ledger: emptyLedger, book: emptyOrderBook, now: at(1), ...changes });
const slots = (...attempts: readonly Attempt[]) => ({
  ledger: {
    ...emptyLedger,
    slots: attempts.map((each, n) => ({ slot: at(n), state: { kind: 'open' as const }, attempts: [each] })),
  },
});

describe('banditDetails', () => {
  it('says the choice, why, and how time and energy are weighed', () => {
    const text = shown(slots(attempt({ decision: decision({ batchSize: 128, powerLimitWatts: 100 }) })));
    expect(text).toContain('**Now:** batch size **128**, power limit **100 W** (exploit). because');
    expect(text).toContain('**Weighing:** η 0.5');
    const grid = { kind: 'timer', priceFactor: 1, signal: 412.34, signalFrom: 'reading', reference: 300 } as const;
    const steering = { policy: 'wattbandit', eta: 0.5, budget: null, reference: 300 } as const;
    const bounds = { staleAfterSeconds: 3600, expectedEpochs: null, strictSlowdown: null };
    const weighed = { eta: 0.7312, powerLimitWatts: 150, explanation: 'it is windless' };
    const following = decision({ grid: { ...grid, ...weighed, steering: { ...steering, ...bounds } } });
    expect(shown(slots(attempt({ decision: following })))).toContain('η 0.731, intensity 412. it is windless');
  });

  it('shows overrides that hold, marks those that nobody signed, and lets no text be markup', () => {
    const unsigned = { ...override, id: 'b', order: { kind: 'freeze' as const }, signed: false, expiresAt: null };
    const ended = { ...override, id: 'c', order: { kind: 'pauseTuning' as const }, expiresAt: at(1) };
    const text = shown({ book: { ...emptyOrderBook, overrides: [override, unsigned, ended] } });
    expect(text).toContain(`- η 0.8, until ${at(6)}, by \\<b\\>ann\\</b\\>: the \\*grid\\* \\| is red`);
    expect(text).toMatch(/^- frozen: .*, until it is cleared, by .* \*\*UNSIGNED\*\*: /m);
    expect(text).not.toContain('tuning paused');
  });

  it('shows the last five decisions, the latest first, with what came of them', () => {
    const lost = attempt({ expired: true });
    const failed = attempt({ observation: observation({ outcome: 'outOfMemory', powerLimitWatts: 250 }) });
    const text = shown(slots(lost, lost, lost, lost, failed, attempt()));
    const rows = text.split('\n').filter((line) => line.startsWith('- 2021'));
    expect(rows).toHaveLength(5);
    expect(rows[0]).toBe(`- ${at(5)}: batch size 1024, 200 W, η 0.5, exploit: **under way**`);
    expect(rows[1]).toMatch(/, 250 W, η 0.5, exploit: \*\*outOfMemory\*\*$/);
    expect(rows[2]).toMatch(/: \*\*lost\*\*$/);
  });

  it('is there before anything was decided', () => {
    expect(shown()).toContain('Nothing was decided yet.');
  });
});

describe('literal', () => {
  it('leaves one line without markup', () => {
    expect(literal('a\n# b [c](d) `e` | f')).toBe('a \\# b \\[c\\](d) \\`e\\` \\| f');
  });
});
