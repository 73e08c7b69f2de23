import { InvalidArgumentError } from 'commander';
import { candidateTable } from '../../worker/cli/decisionTable';
import { exitCodes, failureOf } from '../../worker/cli/failures';
import { change, duration, energy, instant, percent, watts } from '../../worker/cli/numbers';
import { list, perJob, seconds, slot, wholeNumber } from '../../worker/cli/options';
import { slotTable } from '../../worker/cli/slotTable';
import { pairs, plain, plainJson, styleFor, table } from '../../worker/cli/text';
import { WattbanditError } from '../../worker/errors';
import { decision, observation } from '../support/job';
import type { Slot } from '../../workflows/messages';

const candidate = {
  batchSize: 128,
  powerLimitWatts: 100,
  predictedEpochs: 19.6,
  predictedCostJoules: 56_600,
  predictedSeconds: 339,
  sd: 0.017,
  gainJoules: null,
  priceJoules: null,
  verdict: 'incumbent',
};

describe('plain', () => {
  it('shows control characters and reversed writing instead of obeying them', () => {
    expect(plain('a\u001b[31mb\r\n\u0007\u009b\u202e')).toBe('a\\u001b[31mb\\u000d\\u000a\\u0007\\u009b\\u202e');
  });

  it('leaves letters of all languages alone', () => {
    expect(plain('Größe 批 ±')).toBe('Größe 批 ±');
  });
});

describe('plainJson', () => {
  it('is JSON of the same value without a control character', () => {
    const value = { name: '\u009b31m\u001b\u202e' };
    expect(JSON.parse(plainJson(value))).toEqual(value);
    expect(plainJson(value)).not.toContain('\u009b');
  });
});

describe('table', () => {
  it('aligns columns, and cells cannot break out of it', () => {
    const rows = [
      { name: 'a\n', size: '8' },
      { name: 'bcd', size: '1024' },
    ];
    const columns = [
      { title: 'Name', cell: ({ name }: { name: string }) => name },
      { title: 'Size', align: 'right' as const, cell: ({ size }: { size: string }) => size },
    ];
    expect(table(columns, rows).split('\n')).toEqual(['Name     Size', 'a\\u000a     8', 'bcd      1024']);
  });

  it('prints the titles of an empty list', () => {
    expect(table([{ title: 'Job', cell: String }], [])).toBe('Job');
  });
});

describe('pairs', () => {
  it('aligns values', () => {
    expect(
      pairs([
        ['a', '1'],
        ['long', '2'],
      ]),
    ).toBe('a     1\nlong  2');
  });
});

describe('styleFor', () => {
  it('colours only where it is wanted', () => {
    expect(styleFor(false).good('yes')).toBe('yes');
    expect(styleFor(true).good('yes')).toContain('\u001b[32m');
  });
});

describe('quantities', () => {
  it.each([
    [energy(0.5), '0.50 J'],
    [energy(31_950), '31.9 kJ'],
    [energy(2.5e6), '2.50 MJ'],
    [energy(null), '–'],
    [energy(Number.NaN), '–'],
    [duration(12), '12.0 s'],
    [duration(349), '5.82 min'],
    [duration(7200), '2.00 h'],
    [duration(5 * 86_400), '5.00 d'],
    [watts(175), '175 W'],
    [watts(undefined), '–'],
    [percent(0.0312), '3.1 %'],
    [change(0.285), '−71.5 %'],
    [change(1.1), '+10.0 %'],
    [instant('2021-07-01T05:00:00.000Z'), '2021-07-01T05:00Z'],
    [instant('2021-07-01T05:00:07Z'), '2021-07-01T05:00:07Z'],
    [instant('yesterday'), '–'],
  ])('reads %s', (text, expected) => {
    expect(text).toBe(expected);
  });
});

describe('candidateTable', () => {
  it('marks the choice and gives costs relative to the cheapest', () => {
    const dear = { ...candidate, batchSize: 1024, predictedCostJoules: 113_200, verdict: 'not worth trying' };
    const lines = candidateTable(decision({ batchSize: 128, considered: [candidate, dear] })).split('\n');
    expect(lines[1]).toMatch(/^→ +128 +100 W .*×1\.00 .*incumbent$/);
    expect(lines[2]).toMatch(/^ +1024 .*×2\.00 .*not worth trying$/);
  });
});

describe('slotTable', () => {
  it('has one row for a slot however many runs it took', () => {
    const leaseExpiresAt = '2021-07-02T00:00:00Z';
    const attempt = (batchSize: number, outcome: 'converged' | 'outOfMemory') => ({
      decision: decision({ batchSize }),
      decidedAt: '2021-07-01T00:00:00Z',
      leaseExpiresAt,
      observation: observation({ batchSize, outcome, joules: 1000, seconds: 60 }),
    });
    const slots: Slot[] = [
      {
        slot: '2021-07-01T00:00:00Z',
        state: { kind: 'ran' },
        attempts: [attempt(4096, 'outOfMemory'), attempt(1024, 'converged')],
      },
      { slot: '2021-07-01T01:00:00Z', state: { kind: 'skipped', why: 'paused' }, attempts: [] },
    ];
    const [, ran, skipped] = slotTable(slots).split('\n');
    expect(ran).toMatch(/2 +4096 → 1024 .*converged +2\.00 min +2\.00 kJ$/);
    expect(skipped).toContain('skipped: paused');
  });
});

describe('options', () => {
  it('takes numbers, lists, durations and instants', () => {
    expect(wholeNumber('36')).toBe(36);
    expect(list('a, b, a,')).toEqual(['a', 'b']);
    expect(seconds('2h')).toBe(7200);
    expect(seconds('90')).toBe(90);
    expect(slot('2021-07-01T05:00Z')).toBe('2021-07-01T05:00:00Z');
    expect(perJob('squad=84', perJob('cifar100=0.6', undefined))).toEqual({ cifar100: 0.6, squad: 84 });
  });

  it.each([
    () => wholeNumber('-3'),
    () => wholeNumber('1.5'),
    () => wholeNumber('0x10'),
    () => list(','),
    () => seconds('-1'),
    () => seconds('soon'),
    () => seconds(''),
    () => slot('7'),
    () => perJob('cifar100=much', undefined),
    () => perJob('0.6', { cifar100: 0.5 }),
  ])('refuses %s', (parse) => {
    expect(parse).toThrow(InvalidArgumentError);
  });
});

describe('failureOf', () => {
  it('has an exit code for each remedy', () => {
    const codes = (['invalid', 'notFound', 'conflict', 'unavailable'] as const).map(
      (remedy) => failureOf(new WattbanditError(remedy, 'x')).code,
    );
    expect(codes).toEqual([exitCodes.invalid, exitCodes.notFound, exitCodes.conflict, exitCodes.unavailable]);
  });

  it('looks behind the error that wraps what Temporal answered', () => {
    const grpc = (code: number) => Object.assign(new Error('x'), { code, details: 'no', metadata: {} });
    const wrapped = (code: number) => failureOf(new Error('Failed to query', { cause: grpc(code) })).code;
    expect([wrapped(4), wrapped(7), wrapped(14)]).toEqual([
      exitCodes.timedOut,
      exitCodes.notAllowed,
      exitCodes.unavailable,
    ]);
    expect(failureOf(new Error('Failed', { cause: grpc(1) })).message).toContain('`wattbandit worker start`');
    expect(failureOf(new Error('our bug'))).toEqual({ code: exitCodes.unforeseen, message: 'our bug' });
  });
});
