import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { JobClient } from '../../worker/client';
import { WattbanditPlugin } from '../../worker/plugin';
import { stopProcess } from '../../worker/processes';
import { startServer } from '../../worker/serverProcess';
import { simulatedHardware } from '../support/bench';
import { jobSpec } from '../support/job';
import { testBinary, testBundle } from '../support/temporal';

const directory = mkdtempSync(join(tmpdir(), 'wattbandit-crowd-'));
let pid: number | undefined;
afterAll(async () => {
  if (pid !== undefined) await stopProcess(pid, 'SIGKILL');
  rmSync(directory, { recursive: true });
});

describe('a crowd of recurrences', () => {
  it('gets through to one bandit on a server that lets ten updates in at a time, as Temporal does unless told otherwise', async () => {
    const dynamicConfig = { 'history.maxInFlightUpdates': 10 };
    const options = { binary: testBinary(), directory, namespace: 'default', ui: false, dynamicConfig };
    const { address } = await startServer(options, async (launched) => void (pid = launched.pid));
    const native = await NativeConnection.connect({ address });
    const connection = await Connection.connect({ address });
    const worker = await Worker.create({
      connection: native,
      taskQueue: 'crowd',
      workflowBundle: testBundle(),
      plugins: [new WattbanditPlugin(simulatedHardware())],
    });
    const jobs = new JobClient(new Client({ connection }), { taskQueue: 'crowd' });
    const recurrences = 12;
    await worker.runUntil(async () => {
      const spec = jobSpec({ job: 'crowd', batchSizes: [256, 512, 1024] });
      const at = (n: number) => new Date(Date.UTC(2021, 6, 1, n));
      const handles = await Promise.all(
        Array.from({ length: recurrences }, (_, n) => jobs.startRecurrence(spec, at(n))),
      );
      await Promise.all(handles.map((handle) => handle.result()));
      const { slots, totals } = await jobs.ledger('crowd');
      expect(slots).toHaveLength(recurrences);
      expect(totals.slots).toEqual({ ran: recurrences, skipped: 0, failed: 0 });
      expect(totals).toMatchObject({ told: totals.decisions, counted: totals.decisions, expired: 0 });
    });
    await Promise.all([connection.close(), native.close()]);
  });
});
