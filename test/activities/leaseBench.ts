/** Two GPUs of a file, to be leased by this process. */
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Restored } from '../../activities/gpu/lease/outcome';
import type { PowerLease } from '../../activities/gpu/lease/powerLease';
import { type LeaseOptions, withPowerLease } from '../../activities/gpu/lease/withPowerLease';
import type { LeaseRecord } from '../../policy/facts';
import { createFileGpus } from '../support/fileGpus';

/** Watts. */
export const prior = [300, 280];

export class LeaseBench {
  readonly gpus = createFileGpus(prior);
  readonly directory = mkdtempSync(join(tmpdir(), 'lease-'));
  readonly reported: Restored[] = [];
  recorded: readonly LeaseRecord[] = [];

  hold<T>(work: (lease: PowerLease) => Promise<T>, options: Partial<LeaseOptions> = {}, uuids = this.gpus.uuids) {
    const of = {
      runId: 'run-1',
      directory: this.directory,
      report: (restored: readonly Restored[]) => void this.reported.push(...restored),
      record: (leases: readonly LeaseRecord[]) => void (this.recorded = leases),
    };
    return withPowerLease(this.gpus.driver, uuids, { ...of, ...options }, work);
  }

  limits() {
    return this.gpus.uuids.map((uuid) => this.gpus.limit(uuid));
  }

  kinds() {
    return this.reported.map(({ kind }) => kind);
  }

  journals() {
    return readdirSync(this.directory).filter((file) => !file.endsWith('.lock'));
  }

  expectAllBack() {
    expect(this.limits()).toEqual(prior);
    expect(this.journals()).toEqual([]);
  }
}
