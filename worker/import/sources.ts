/** The kinds of files that a job can learn from, each with its reader. The only switch on them. */
import { WattbanditError } from '../errors';
import { readCsv } from './csv';
import { readJobExport } from './jobExport';
import type { Source } from './rows';
import { readZeusProfile } from './zeusProfile';
import { readZeusSqlite } from './zeusSqlite';

export const sourceKinds = ['zeus-sqlite', 'zeus-profile', 'csv', 'job'] as const;
export type SourceKind = (typeof sourceKinds)[number];

/** What some files leave out and somebody has to say. */
export interface SourceOptions {
  readonly zeusJob?: string;
  readonly batchSize?: number;
  readonly stepsPerEpoch?: number;
  readonly profileSteps: number;
}

/** @throws WattbanditError `invalid` for a file that is not of this kind */
export async function readSource(kind: SourceKind, file: string, options: SourceOptions): Promise<Source> {
  switch (kind) {
    case 'zeus-sqlite':
      return readZeusSqlite(file, options.zeusJob);
    case 'zeus-profile':
      return readZeusProfile(file, profiledRun(file, options));
    case 'csv':
      return readCsv(file);
    case 'job':
      return readJobExport(file);
  }
}

function profiledRun(file: string, { batchSize, stepsPerEpoch, profileSteps }: SourceOptions) {
  if (batchSize !== undefined && stepsPerEpoch !== undefined) return { batchSize, stepsPerEpoch, profileSteps };
  throw new WattbanditError(
    'invalid',
    `Cannot import ${file}: a profile of Zeus does not say of which batch size it is, nor how many steps make an epoch; give --batch-size and --steps-per-epoch.`,
  );
}
