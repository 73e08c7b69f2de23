import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { onBench } from '../support/bench';
import { buildCli, startCli } from '../support/cli';
import { jobSpec } from '../support/job';
import { testAddress } from '../support/temporal';

beforeAll(buildCli, 120_000);

describe('job describe --watch', () => {
  it('tells again and again, in lines of JSON where no terminal is, and ends with 130', async () => {
    await onBench({ overrides: { allowUnsigned: true } }, async ({ jobs, job }) => {
      await jobs.create(jobSpec({ job }), { paused: true });
      const child = startCli(['job', 'describe', job, '--watch', '--address', testAddress()]);
      const ended = once(child, 'close');
      const seen: { job: string; overrides: unknown[] }[] = [];
      for await (const line of createInterface(child.stdout!)) {
        seen.push(JSON.parse(line));
        if (seen.length === 1) await jobs.setOverride(job, { order: { kind: 'freeze' }, reason: 'INC-1', who: 'ann' });
        if (seen.at(-1)!.overrides.length > 0) break;
      }
      child.kill('SIGINT');
      expect((await ended)[0]).toBe(130);
      expect(seen[0]).toMatchObject({ job, overrides: [] });
      expect(seen.at(-1)).toMatchObject({ job, overrides: [{ state: 'holding', who: 'ann', signed: false }] });
      await jobs.delete(job);
    });
  });
});
