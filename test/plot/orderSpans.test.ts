import type { Order, Override } from '../../policy/override';
import { orderSpansOf } from '../../worker/plot/orderSpans';
import type { LogEntry } from '../../worker/replay/log';
import { jobSpec } from '../support/job';
import { at } from '../report/world';

const override = (id: string, hour: number, order: Order, expiresHour?: number): Override => ({
  ...{ id, order, reason: 'INC-1', who: 'ann', signed: false, setAt: at(hour) },
  expiresAt: expiresHour === undefined ? null : at(expiresHour),
});
const said = (...given: Parameters<typeof override>): LogEntry => ({ type: 'override', override: override(...given) });
const cleared = (hour: number, ...ids: readonly string[]): LogEntry => ({ type: 'clear', at: at(hour), ids });
const spans = (...entries: readonly LogEntry[]) =>
  orderSpansOf([{ type: 'begun', input: { spec: jobSpec(), since: [] } }, ...entries]).map(
    ({ text, fromAt, toAt }) => `${text} ${fromAt} ${toAt}`,
  );
const eta = (value: number) => ({ kind: 'eta', eta: value }) as const;

describe('orderSpansOf', () => {
  it('ends an order where it expires, is cleared, or is replaced by one that lasts', () => {
    expect(
      spans(
        said('a', 0, eta(0.1), 2),
        said('b', 3, eta(0.2)),
        cleared(4, 'b'),
        said('c', 5, eta(0.3)),
        said('d', 6, eta(0.4)),
      ),
    ).toEqual([`η 0.1 ${at(0)} ${at(2)}`, `η 0.2 ${at(3)} ${at(4)}`, `η 0.3 ${at(5)} ${at(6)}`, `η 0.4 ${at(6)} null`]);
  });

  it('has an order twice that held again after a shorter one', () => {
    expect(spans(said('long', 0, eta(0.1), 9), said('short', 2, eta(0.2), 3))).toEqual([
      `η 0.1 ${at(0)} ${at(2)}`,
      `η 0.2 ${at(2)} ${at(3)}`,
      `η 0.1 ${at(3)} ${at(9)}`,
    ]);
  });

  it('ends what a resume ends, and leaves out what holds neither η nor the limit', () => {
    expect(
      spans(
        said('f', 0, { kind: 'freeze' }),
        said('b', 1, { kind: 'banBatchSize', batchSize: 64 }),
        said('r', 2, { kind: 'resume' }),
      ),
    ).toEqual([`frozen: batch size and limit stay ${at(0)} ${at(2)}`]);
  });

  it('knows those of before the log, of which some are over', () => {
    const orders = {
      ...{ refused: [], ids: [], tokens: {}, counts: { applied: 2, known: 0, refused: 0, cleared: 1 } },
      overrides: [override('now', 3, { kind: 'powerBound', powerLimitWatts: 200 })],
      past: [{ ...override('then', 0, eta(0.1)), left: 'cleared' as const, leftAt: at(1) }],
    };
    const begun: LogEntry = { type: 'begun', input: { spec: jobSpec(), since: [], orders } };
    expect(orderSpansOf([begun, cleared(5, 'now')])).toEqual([
      { holds: 'eta', text: 'η 0.1', fromAt: at(0), toAt: at(1) },
      { holds: 'limit', text: 'at most 200 W', fromAt: at(3), toAt: at(5) },
    ]);
  });
});
