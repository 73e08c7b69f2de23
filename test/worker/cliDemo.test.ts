import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { Ledger } from '../../workflows/messages';
import { JobClient } from '../../worker/client';
import { WattbanditPlugin } from '../../worker/plugin';
import { buildCli, startCli } from '../support/cli';
import { testAddress, testBinary, testWorker } from '../support/temporal';

beforeAll(buildCli, 120_000);

const job = 'demo-cifar100-v100-ciso';
const running = new Set<ChildProcess>();
afterAll(() => running.forEach((child) => child.kill('SIGKILL')));

interface Watched {
  readonly child: ChildProcess;
  readonly slots: string[];
  readonly ended: Promise<number | null>;
  readonly said: () => string;
  readonly workerPid: () => number;
}

/** A demonstration on the test server; `onSlot` hears of every slot as it is printed. */
async function startDemo(
  recurrences: number,
  onSlot: (watched: Watched) => void = () => {},
  env: NodeJS.ProcessEnv = { TEMPORAL_ADDRESS: testAddress() },
): Promise<Watched> {
  const state = await mkdtemp(join(tmpdir(), 'wattbandit-demo-'));
  const child = startCli(['demo', '--recurrences', String(recurrences), '-o', 'jsonl'], {
    WATTBANDIT_STATE: state,
    ...env,
  });
  running.add(child);
  let said = '';
  let rest = '';
  child.stderr?.on('data', (data: Buffer) => (said += data.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const workerPid = () => Number([...said.matchAll(/worker started \(process (\d+)\)/g)].at(-1)?.[1]);
  const watched: Watched = { child, slots: [], ended, said: () => said, workerPid };
  child.stdout?.on('data', (data: Buffer) => {
    const lines = (rest + data.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const event of lines.map((line) => JSON.parse(line))) {
      if (event.event !== 'slot') continue;
      watched.slots.push(event.slot);
      onSlot(watched);
    }
  });
  return watched;
}

function hours(from: number, to: number): readonly string[] {
  return Array.from(
    { length: to - from },
    (_, at) => `${new Date(Date.UTC(2021, 6, 1, from + at)).toISOString().slice(0, 19)}Z`,
  );
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function expectWhole({ slots, totals }: Ledger, count: number): void {
  expect(slots.map(({ slot }) => slot)).toEqual(hours(0, count));
  expect(slots.map(({ state }) => state.kind)).toEqual(hours(0, count).map(() => 'ran'));
  const first = slots.map(({ attempts }) => attempts.filter(({ decision }) => decision.id.endsWith('/1')).length);
  expect(first).toEqual(hours(0, count).map(() => 1));
  expect(totals.told).toBe(totals.counted + totals.quarantined);
  expect(totals.quarantined).toBe(0);
}

describe('demo', () => {
  it('survives the death of its worker, of itself, and an interruption', async () => {
    const killsWorker = await startDemo(5, ({ slots, workerPid }) => {
      if (slots.length === 2) process.kill(workerPid(), 'SIGKILL');
    });
    expect(await killsWorker.ended).toBe(0);
    expect(killsWorker.said()).toContain('the worker died (SIGKILL); another one takes over');
    expect(killsWorker.slots).toEqual(hours(0, 5));
    expect(isAlive(killsWorker.workerPid())).toBe(false);

    // A worker that is told to stop ends the run that it has begun: enough slots that some are left.
    const killed = await startDemo(8, ({ slots, child }) => {
      if (slots.length === 2) child.kill('SIGKILL');
    });
    await killed.ended;
    expect(killed.said()).toContain(`5 recurrences of ${job} are remembered; this run goes on with the next slots`);

    const interrupted = await startDemo(8, ({ slots, child }) => {
      if (slots.length === 1) child.kill('SIGINT');
    });
    expect(await interrupted.ended).toBe(130);
    expect(interrupted.said()).toContain('this run finishes what was begun, until 2021-07-01T12:00Z');
    expect(isAlive(interrupted.workerPid())).toBe(false);

    const finishing = await startDemo(8);
    expect(await finishing.ended).toBe(0);
    await testWorker({ plugins: [new WattbanditPlugin()], taskQueue: 'wattbandit-demo' }, async ({ client }) =>
      expectWhole(await new JobClient(client).ledger(job), 13),
    );
  }, 120_000);

  it('waits for another one in the same place, and goes on after a server that died', async () => {
    const state = await mkdtemp(join(tmpdir(), 'wattbandit-demo-'));
    const env = { WATTBANDIT_STATE: state, PATH: `${dirname(testBinary())}${delimiter}${process.env['PATH']}` };
    const first = await startDemo(
      4,
      ({ slots }) => {
        if (slots.length === 2)
          process.kill(JSON.parse(readFileSync(join(state, 'server.json'), 'utf8')).pid, 'SIGKILL');
      },
      env,
    );
    await new Promise((begun) => first.child.stdout?.once('data', begun));
    const second = await startDemo(4, undefined, env);
    expect(await first.ended).toBe(6);
    expect(first.said()).toMatch(/The Temporal server \(process \d+\) has died; .*\n.*start again/);
    expect(await second.ended).toBe(0);
    expect(second.said()).toContain(`another demonstration (process ${first.child.pid}) runs in ${state}`);
    // What ended in the moment of the death was not printed any more.
    expect(second.slots.at(-1)).toBe(hours(0, 4).at(-1));
    expect([...first.slots, ...second.slots].filter((slot, at, all) => all.indexOf(slot) !== at)).toEqual([]);
  }, 120_000);
});
