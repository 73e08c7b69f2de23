/** The audit of a job on a real server: what the file tells, that it tells it once, and that it tells no secrets. */
import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Order } from '../../policy/override';
import { type OverrideRequest, clearOverride, override, overrides, setOverride } from '../../workflows/messages';
import { type Bench, onBench, simulatedHardware } from '../support/bench';
import { buildCli, runCli } from '../support/cli';
import { jobSpec } from '../support/job';
import { testAddress } from '../support/temporal';
import { createSigner, keySetFile, overrideClaims } from '../support/tokens';
import { temporaryFile } from '../support/zeusDatabase';

beforeAll(buildCli, 120_000);

type Line = Record<string, unknown> & { kind?: string };
const audit = (...args: readonly string[]) => runCli(['audit', ...args, '--address', testAddress()]);
const linesOf = (text: string): Line[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
const facts = (lines: readonly Line[]) => lines.map(({ hash: _hash, exportedAt: _at, ...line }) => line);
const ofKind = (lines: readonly Line[], kind: string) => lines.filter((line) => line.kind === kind);

async function recur({ jobs, job }: Bench, n: number): Promise<void> {
  await (await jobs.startRecurrence(jobSpec({ job }), new Date(Date.UTC(2021, 6, 1, n)))).result();
}

/** An order as an operator gives it; by him who signs it where there is a token. */
const because = (order: Order, more: Partial<OverrideRequest> = {}): OverrideRequest => ({
  order,
  reason: 'INC-1',
  ...more,
});

async function heard({ bandit }: Bench, total: number): Promise<void> {
  const sum = async () => Object.values((await bandit().query(overrides)).counts).reduce((a, b) => a + b, 0);
  while ((await sum()) < total) await sleep(50);
}

describe('audit export', () => {
  it('tells every order, refusal, decision, observation, lease and restore once, through continue-as-new, and no token', async () => {
    const signer = await createSigner('ES256', 'k1');
    const rules = { tokens: { jwks: { file: keySetFile(signer) } }, allowUnsigned: true };
    await onBench({ ...simulatedHardware(), overrides: rules }, async (bench) => {
      const { job, bandit } = bench;
      const seconds = Math.floor(Date.now() / 1000);
      const sign = (claims: object) =>
        signer.sign(
          overrideClaims({
            iat: seconds,
            exp: seconds + 600,
            jti: randomUUID(),
            job,
            sub: 'ann',
            value: { eta: 0.9 },
            ...claims,
          }),
        );
      const [token, misused, hidden, bySignal] = await Promise.all([
        sign({ jti: 'first' }),
        sign({ job: 'other' }),
        sign({}),
        sign({ jti: 'second', value: { eta: 0.8 } }),
      ]);
      const eta: Order = { kind: 'eta', eta: 0.9 };
      const tell = (request: OverrideRequest) =>
        bandit()
          .executeUpdate(setOverride, { args: [request] })
          .catch((error: Error) => error);

      await recur(bench, 0);
      await tell(because(eta, { token }));
      await tell(because(eta, { token }));
      await tell(because(eta, { token: misused }));
      await tell(because({ kind: 'eta', eta: 2 }));
      await bandit().signal(
        override,
        because({ kind: 'pinBatchSize', batchSize: 512 }, { who: 'night shift', seconds: 3600 }),
      );
      await bandit().signal(override, because({ kind: 'eta', eta: 0.8 }, { token: bySignal }));
      await bandit().signal(override, because({ kind: 'eta', eta: 0.8 }, { token: bySignal }));
      await bandit().signal(override, {
        token: hidden,
        order: { kind: 'sudo', note: hidden },
      } as unknown as OverrideRequest);
      await heard(bench, 7);
      await recur(bench, 1);
      await bandit().executeUpdate(clearOverride, { args: [{ reason: 'over', who: 'day shift' }] });
      for (let n = 0; n < 60; n++) {
        const order = because({ kind: 'eta', eta: n / 60 }, { id: `f${n % 50}` });
        await (n % 2 === 0 ? bandit().signal(override, order) : tell(order));
      }
      await heard(bench, 69);
      await recur(bench, 2);

      const file = temporaryFile('audit.jsonl');
      expect(await audit('export', job, '--out', file)).toMatchObject({
        code: 0,
        stderr: expect.stringContaining('hash '),
      });
      const text = await readFile(file, 'utf8');
      const lines = linesOf(text);
      expect(lines[0]).toMatchObject({ format: 'wattbandit-audit', version: 1, job, missing: [] });
      expect(lines.at(-1)).toMatchObject({ kind: 'seal', entries: lines.length - 2 });
      expect(ofKind(lines, 'ended').filter(({ how }) => how === 'continuedAsNew').length).toBeGreaterThan(0);
      const times = lines.slice(1, -1).map(({ at }) => String(at));
      expect(times).toEqual(times.toSorted());

      const orders = ofKind(lines, 'override');
      expect(orders.map(({ id }) => id).slice(3)).toEqual(Array.from({ length: 50 }, (_, n) => `f${n}`));
      expect(orders.slice(0, 3)).toEqual([
        expect.objectContaining({ who: 'ann', signed: true, id: 'first', tokenId: 'first', by: 'update', order: eta }),
        expect.objectContaining({ who: 'night shift', signed: false, by: 'signal', reason: 'INC-1', seconds: 3600 }),
        expect.objectContaining({
          who: 'ann',
          signed: true,
          id: 'second',
          by: 'signal',
          order: { kind: 'eta', eta: 0.8 },
        }),
      ]);
      expect(ofKind(lines, 'repeat')).toHaveLength(10);
      expect(ofKind(lines, 'refusal').map(({ why, who }) => [who, why])).toEqual([
        ['ann', expect.stringContaining('used before')],
        ['ann', expect.stringContaining('another job')],
        [null, expect.stringContaining('reason must be')],
        ['ann', expect.stringContaining('used before')],
      ]);
      const book = (await bandit().query(overrides)).counts;
      expect(book).toEqual({ applied: 53, known: 10, refused: 4, cleared: 2 });
      expect(ofKind(lines, 'clear')).toEqual([
        expect.objectContaining({ who: 'day shift', ids: expect.arrayContaining(['second']) }),
      ]);

      const decisions = ofKind(lines, 'decision').map(({ decision }) => decision as { overrides?: readonly string[] });
      expect(decisions).toHaveLength(3);
      expect(decisions[1]!.overrides!.toSorted()).toEqual(['second', String(orders[1]!['id'])].toSorted());
      expect(ofKind(lines, 'observation')).toHaveLength(3);
      expect(ofKind(lines, 'lease')).toHaveLength(3);
      expect(ofKind(lines, 'restore')).toHaveLength(3);
      expect(ofKind(lines, 'restore')[0]!['leases']).toEqual([
        {
          gpuUuid: expect.any(String),
          priorWatts: 250,
          watts: 250,
          outcome: 'restored',
          setWatts: expect.arrayContaining([100]),
        },
      ]);
      expect((await bench.jobs.ledger(job)).slots[0]!.attempts[0]!.observation).not.toHaveProperty('leases');

      for (const secret of [token, misused, hidden, bySignal])
        for (const part of secret.split('.').slice(1)) expect(text).not.toContain(part);

      const again = await audit('export', job);
      expect(facts(linesOf(again.stdout))).toEqual(facts(lines));

      await tell(because(eta, { who: 'late' }));
      const later = temporaryFile('later.jsonl');
      expect((await audit('export', job, '--since', file, '--out', later)).code).toBe(0);
      const news = linesOf(await readFile(later, 'utf8')).slice(1, -1);
      expect(news).toEqual([expect.objectContaining({ kind: 'override', who: 'late' })]);
      const verified = await runCli(['audit', 'verify', file, later]);
      expect(verified).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^intact .* entries +hash [0-9a-f]{64}\nintact/),
      });
      expect(await runCli(['audit', 'verify', later, file])).toMatchObject({
        code: 8,
        stdout: expect.stringContaining('go on from'),
      });
    });
  });

  it('ends with 4 for a job that nobody knows', async () => {
    expect((await audit('export', 'nobody')).code).toBe(4);
  });
});

describe('audit verify', () => {
  it('ends with 8 and says which line is wrong, without Temporal', async () => {
    await onBench(simulatedHardware(), async (bench) => {
      await recur(bench, 0);
      const { stdout } = await audit('export', bench.job);
      const file = temporaryFile('harmed.jsonl');
      await writeFile(file, stdout.replace('"kind":"decision"', '"kind":"derision"'));
      const line = stdout.split('\n').findIndex((each) => each.includes('"kind":"decision"')) + 1;
      const alone = { TEMPORAL_ADDRESS: '127.0.0.1:1' };
      const found = await runCli(['audit', 'verify', file, '--json'], alone);
      expect({ code: found.code, ...JSON.parse(found.stdout) }).toMatchObject({ code: 8, ok: false, line });
      await writeFile(file, stdout);
      expect((await runCli(['audit', 'verify', file], alone)).code).toBe(0);
      expect((await runCli(['audit', 'verify', file, '--hash', '0'.repeat(64)], alone)).code).toBe(8);
      expect((await runCli(['audit', 'verify', `${file}.none`], alone)).code).toBe(3);
    });
  });
});
