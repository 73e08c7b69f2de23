import { ApplicationFailure } from '@temporalio/common';
import fc from 'fast-check';
import { doubt } from '../../workflows/plausible';
import { checkAsk, checkGiveUp, checkTell } from '../../workflows/wellFormed';
import { decision, jobSpec, observation } from '../support/job';

const slot = '2021-07-01T00:00:00Z';
const gpus = { model: 'V100', count: 1, powerLimitsWatts: [100, 250] };
const request = { id: `${slot}/1`, slot, attempt: 1, gpus };
const measurement = { batchSize: 64, powerLimitWatts: 100, secondsPerEpoch: 1, averageWatts: 9, source: 'run' };
const nested = Array.from({ length: 100 }).reduce((inner: unknown) => [inner], 1);

/** Any JSON, and well-formed messages with any JSON in the place of one field. */
const anyMessage = (sound: object) =>
  fc.oneof(
    fc.jsonValue(),
    fc
      .tuple(fc.constantFrom(...Object.keys(sound), '__proto__'), fc.jsonValue())
      .map(([field, value]) => JSON.parse(JSON.stringify({ ...sound, [field]: value })) as unknown),
  );

function refusalOf(check: (message: unknown) => void, message: unknown): unknown {
  try {
    check(message);
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('checkAsk', () => {
  it('lets a request pass that is as it should be', () => {
    expect(() => checkAsk(request)).not.toThrow();
  });

  it.each([
    ['nothing', null, /must be an object/],
    ['a list', [], /must be an object/],
    ['a string', 'ask', /must be an object/],
    ['a slot that is no instant', { ...request, slot: 'noon' }, /slot must be an instant/],
    ['a slot in another notation', { ...request, slot: '2021-07-01T00:00:00.000Z' }, /slot must be an instant/],
    ['attempt 0', { ...request, attempt: 0 }, /attempt must be an integer of at least 1/],
    ['an id of another run', { ...request, attempt: 2 }, /id must be <slot>\/<attempt>/],
    ['no GPUs', { ...request, gpus: undefined }, /gpus must be a model/],
    ['a model that is no key', { ...request, gpus: { ...gpus, model: '__proto__' } }, /gpus must be a model/],
    ['no limits', { ...request, gpus: { ...gpus, powerLimitsWatts: [] } }, /gpus must be a model/],
    ['a limit of 0 W', { ...request, gpus: { ...gpus, powerLimitsWatts: [0] } }, /gpus must be a model/],
    ['a thousand limits', { ...request, gpus: { ...gpus, powerLimitsWatts: Array(1000).fill(9) } }, /1 to 64/],
    ['a load of something else', { ...request, more: 'x'.repeat(70_000) }, /at most 65536 characters/],
  ])('refuses %s', (_, message, why) => {
    expect(() => checkAsk(message)).toThrow(why);
  });
});

describe('checkTell', () => {
  it('lets an observation pass that is as it should be, and one whose numbers are another’s question', () => {
    expect(() => checkTell(observation({ measurements: [measurement as never] }))).not.toThrow();
    expect(() => checkTell({ ...observation(), joules: null })).not.toThrow();
  });

  it.each([
    ['an outcome that nobody knows', { outcome: 'exploded' }, /outcome must be one of converged, diverged/],
    ['a measurement that is none', { measurements: [null] }, /measurements must be a list of measurements/],
    ['10,000 measurements', { measurements: Array(10_000).fill(measurement) }, /at most 65536 characters/],
    ['a model that every object has', { gpuModel: 'constructor' }, /gpuModel must be/],
    ['sizes that are no list', { outOfMemoryBatchSizes: 'all' }, /outOfMemoryBatchSizes must be a list/],
    ['a detail of a page', { detail: 'x'.repeat(501) }, /detail must be at most 500 characters/],
  ])('refuses %s', (_, changes, why) => {
    expect(() => checkTell({ ...observation(), ...changes })).toThrow(why);
  });
});

describe('messages of any shape', () => {
  const giveUp = { slot, failure: 'infrastructure', why: 'no GPU' };

  it('are refused by an application failure or not at all: any other error would be a stuck workflow', () => {
    for (const [check, sound] of [
      [checkAsk, request],
      [checkTell, observation()],
      [checkGiveUp, giveUp],
    ] as const) {
      fc.assert(
        fc.property(anyMessage(sound), (message) => {
          const refusal = refusalOf(check, message);
          expect(refusal === undefined || refusal instanceof ApplicationFailure).toBe(true);
        }),
        { numRuns: 300 },
      );
    }
  });

  it('are doubted without an error once they are let in', () => {
    const hostile = { toString: 1, valueOf: 1, toJSON: 1, nested };
    for (const field of Object.keys(observation())) {
      const message = { ...observation(), [field]: hostile };
      if (refusalOf(checkTell, message) === undefined) expect(doubt(message, decision(), jobSpec())).toBeDefined();
    }
    fc.assert(
      fc.property(anyMessage({ ...observation(), measurements: [measurement] }), (message) => {
        if (refusalOf(checkTell, message) === undefined) doubt(message as never, decision(), jobSpec());
      }),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(anyMessage(measurement), (at) => {
        const message = { ...observation(), measurements: [at] };
        if (refusalOf(checkTell, message) === undefined) doubt(message as never, decision(), jobSpec());
      }),
      { numRuns: 300 },
    );
  });
});
