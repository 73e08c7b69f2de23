import fc from 'fast-check';
import { partsOf } from '../../worker/import/parts';
import { importLimits } from '../../workflows/messages';
import { observation } from '../support/job';

describe('partsOf', () => {
  it('keeps every observation, in order, in parts that one message can carry', () => {
    const detail = fc.integer({ min: 0, max: 20_000 }).map((length) => 'x'.repeat(length));
    fc.assert(
      fc.property(fc.array(detail, { maxLength: 40 }), (details) => {
        const all = details.map((text) => observation({ detail: text }));
        const parts = partsOf(all);
        expect(parts.flat()).toEqual(all);
        for (const part of parts) expect(JSON.stringify(part).length).toBeLessThan(250_000);
      }),
      { numRuns: 30 },
    );
    const many = partsOf(Array.from({ length: 1201 }, () => observation()));
    expect(Math.max(...many.map(({ length }) => length))).toBeLessThanOrEqual(importLimits.perRequest);
    expect(many.flat()).toHaveLength(1201);
  });
});
