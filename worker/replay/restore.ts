/** What a job begins with that goes on elsewhere where its export ends. */
import type { JobSpec } from '../../workflows/contracts';
import type { BanditInput } from '../../workflows/messages';
import { WattbanditError } from '../errors';
import { messageOf } from '../import/input';
import { type LogFile, readLogFile } from './logFile';
import { banditInputOf } from './recollection';
import { Verification, type Verified } from './verify';

export interface Restored {
  readonly input: BanditInput;
  /** Whether this version would have decided as it was decided. */
  readonly verified: Verified;
}

/** `spec`: from the job's file, as the export has nothing of the trainer. @throws WattbanditError */
export async function restoreFrom(file: string, spec: JobSpec): Promise<Restored> {
  const log = await readLogFile(file);
  const why = whyNotOf(log, spec);
  if (why !== undefined) throw new WattbanditError('invalid', `Cannot restore job ${spec.job} from ${file}: ${why}.`);
  const { recollection, verified } = verificationOf(log, file);
  if (recollection === undefined) throw new Error(`Cannot restore job ${spec.job}: its log is empty.`);
  return { input: { ...banditInputOf(recollection), spec }, verified };
}

/** A log that no bandit can have written is refused before anything is created from it. */
function verificationOf({ entries }: LogFile, file: string): Verification {
  try {
    const verification = new Verification();
    for (const entry of entries) verification.take(entry);
    return verification;
  } catch (error) {
    throw new WattbanditError('invalid', `Cannot restore from ${file}: its log makes no sense: ${messageOf(error)}.`, {
      cause: error,
    });
  }
}

/** Under another name its random numbers, under other settings its facts would mean something else. */
function whyNotOf({ header }: LogFile, spec: JobSpec): string | undefined {
  if (header.provenance.anonymised) return 'it was anonymised; a warm start takes it: leave --restore out';
  if (header.job !== spec.job) return `it is of job ${header.job}`;
  for (const key of ['batchSizes', 'defaultBatchSize', 'maxEpochs', 'target', 'policy', 'gpus'] as const) {
    const [there, here] = [JSON.stringify(header.spec[key]), JSON.stringify(spec[key])];
    if (there !== here) return `${key} was ${there} there and is ${here} in the job file`;
  }
  return undefined;
}
