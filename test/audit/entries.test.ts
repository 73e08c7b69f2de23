import { requestDigest } from '../../activities/verifyOverride';
import { banditEntries } from '../../worker/audit/banditEntries';
import type { Happening } from '../../worker/audit/happenings';
import { recurrenceEntries } from '../../worker/audit/recurrenceEntries';
import { jobSpec } from '../support/job';

const run = { workflowId: 'wattbandit/retrain', runId: 'run-1' };
type What<T> = T extends unknown ? Omit<T, 'at' | 'eventId'> : never;
/** One second after the other. */
const history = (...happenings: readonly What<Happening>[]) =>
  happenings.map((what, index): Happening => {
    const at = new Date(Date.UTC(2026, 2, 1, 0, 0, index)).toISOString();
    return { ...what, at, eventId: index + 1 };
  });

const started = (orders: object = {}): What<Happening> => {
  const input = { spec: jobSpec(), since: [], orders };
  return { kind: 'started', input, continuedFrom: '', client: 'cli' };
};
const eta = { order: { kind: 'eta', eta: 0.9 }, reason: 'INC-1', who: 'ann' };
const signal = (input: unknown): What<Happening> => ({ kind: 'signal', name: 'override', input, client: 'cli' });
const verdict = (result: object): What<Happening> => ({ kind: 'local', activity: 'verifyOverride', result });
const believed = { ok: true, who: 'ann', signed: false, reason: 'INC-1' };
const ended: What<Happening> = { kind: 'ended', how: 'terminated', why: undefined };
const kinds = ({ entries }: ReturnType<typeof banditEntries>) => entries.map(({ kind }) => kind);

describe('banditEntries', () => {
  it('leaves what is not answered yet, and all after it, for the next audit', () => {
    const later = verdict({ ...believed, of: requestDigest(eta), id: 'x' });
    const other: What<Happening> = { kind: 'signal', name: 'retire', input: undefined, client: 'cli' };
    const open = banditEntries(run, history(started(), signal(eta), other));
    expect(kinds(open)).toEqual(['started']);
    expect(open.settledTo).toBe(1);
    const heard = banditEntries(run, history(started(), signal(eta), other, later));
    expect(kinds(heard).toSorted()).toEqual(['override', 'retire', 'started']);
    expect(heard.settledTo).toBe(4);
    expect(heard.entries.find(({ kind }) => kind === 'override')).toMatchObject({
      id: 'x',
      source: { eventId: 4 },
      who: 'ann',
    });
  });

  it('says of an order that a run ended before it was heard that nobody answered', () => {
    const { entries } = banditEntries(run, history(started(), signal(eta), ended));
    expect(entries.at(-1)).toMatchObject({ kind: 'unanswered', message: 'override', source: { eventId: 2 } });
  });

  it('gives each order its own verdict, whoever was judged first', () => {
    const refused = { ...eta, order: { kind: 'eta', eta: 0.1 } };
    const { entries } = banditEntries(
      run,
      history(
        started(),
        signal(eta),
        signal(refused),
        verdict({ ok: false, who: 'bob', why: 'no', of: requestDigest(refused) }),
        verdict({ ...believed, of: requestDigest(eta), id: 'x' }),
      ),
    );
    expect(entries.slice(1)).toEqual([
      expect.objectContaining({ kind: 'override', order: eta.order, who: 'ann' }),
      expect.objectContaining({ kind: 'refusal', order: refused.order, who: 'bob', why: 'no' }),
    ]);
  });

  it('takes the verdicts of version 0.1, which do not say what they judged, in their order', () => {
    const told = banditEntries(run, history(started(), signal(eta), verdict(believed)));
    expect(kinds(told)).toEqual(['started', 'override']);
  });

  it('knows ids and tokens of the runs before', () => {
    const tokened = { ...eta, token: 'secret.secret' };
    const { entries } = banditEntries(
      run,
      history(
        started({ ids: ['one'], tokens: { jti: '2030-01-01T00:00:00Z' } }),
        signal({ ...eta, id: 'one' }),
        signal(tokened),
        verdict({ ...believed, signed: true, token: { jti: 'jti', until: '' }, of: requestDigest(tokened) }),
      ),
    );
    expect(entries.slice(1)).toEqual([
      expect.objectContaining({ kind: 'repeat', id: 'one' }),
      expect.objectContaining({ kind: 'refusal', why: expect.stringContaining('used before'), tokenId: 'jti' }),
    ]);
    expect(JSON.stringify(entries)).not.toContain('secret');
  });

  it.each([undefined, null, 'secret', ['secret'], { secret: 'secret' }, { order: { kind: 'sudo', note: 'secret' } }])(
    'tells nothing of %j but that it was refused',
    (nonsense) => {
      const { entries } = banditEntries(run, history(started(), signal(nonsense)));
      expect(entries.at(-1)).toMatchObject({ kind: 'refusal', who: null });
      expect(JSON.stringify(entries)).not.toContain('secret');
    },
  );
});

describe('recurrenceEntries', () => {
  const input = { decision: { id: 'd' }, claim: { gpuUuids: ['GPU-0'], host: 'rack-1' } };
  const train: What<Happening> = { kind: 'scheduled', activity: 'train', input, taskQueue: 'q' };
  const begun: What<Happening> = { kind: 'begun', of: 1, attempt: 2, client: '7@rack-1' };
  const done = (more: object): What<Happening> => ({
    kind: 'done',
    of: 1,
    result: undefined,
    failure: undefined,
    ...more,
  });

  it('tells who held which GPUs, and what became of their limits', () => {
    const leases = [{ gpuUuid: 'GPU-0', setWatts: [], outcome: 'untouched' }];
    const { entries } = recurrenceEntries(run, history(train, begun, done({ result: { leases } })));
    const held = { host: 'rack-1', gpuUuids: ['GPU-0'], decision: 'd' };
    expect(entries).toEqual([
      expect.objectContaining({ kind: 'lease', attempt: 2, worker: '7@rack-1', ...held }),
      expect.objectContaining({ kind: 'restore', leases, ...held }),
    ]);
  });

  it.each([
    [{ failure: 'activity Heartbeat timeout' }, 'activity Heartbeat timeout'],
    [{ result: { seconds: 1 } }, 'its worker does not tell'],
  ])('does not claim that a limit was put back where nobody says so: %j', (how, why) => {
    const { entries } = recurrenceEntries(run, history(train, begun, done(how)));
    expect(entries[1]).toMatchObject({ kind: 'restoreUnknown', why });
  });
});
