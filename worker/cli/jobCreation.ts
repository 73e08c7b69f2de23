/** `wattbandit job create`: job files to jobs, all of them or none. */
import { type JobSpec, jobSpecSchema } from '../../workflows/contracts';
import type { JobClient } from '../client';
import { WattbanditError } from '../errors';
import { readJobFile } from '../jobFile';
import { withJobs } from './connection';
import type { Session } from './session';

interface CreateOptions {
  readonly paused?: boolean;
  readonly shadow?: boolean;
  readonly taskQueue?: string;
}

/** All files are read before anything is created; if one job cannot be, those created for it go again. */
export async function createJobs(session: Session, files: readonly string[], options: CreateOptions): Promise<void> {
  const specs = (await readAll(files)).map((spec) => (options.shadow === true ? inShadow(spec) : spec));
  const results = await withJobs(session, (jobs) => createAll(jobs, specs, options), options.taskQueue);
  session.output.many('jobs', results, () => results.map(({ job, result }) => `${result}  ${job}`).join('\n'));
}

/** In the order in which the schema writes keys: jobs are compared by it. */
const inShadow = (spec: JobSpec): JobSpec => jobSpecSchema.parse({ ...spec, trust: 'shadow' });

async function readAll(files: readonly string[]): Promise<readonly JobSpec[]> {
  const specs: JobSpec[] = [];
  const problems: string[] = [];
  for (const file of files) {
    try {
      const spec = await readJobFile(file);
      if (specs.some(({ job }) => job === spec.job)) problems.push(`${file}  job\n  got ${spec.job} a second time`);
      specs.push(spec);
    } catch (error) {
      if (!(error instanceof WattbanditError)) throw error;
      problems.push(error.message);
    }
  }
  if (problems.length > 0) throw new WattbanditError('invalid', problems.join('\n'));
  return specs;
}

async function createAll(jobs: JobClient, specs: readonly JobSpec[], { paused }: CreateOptions) {
  const results: { readonly job: string; readonly result: 'created' | 'unchanged' }[] = [];
  try {
    for (const spec of specs) results.push({ job: spec.job, result: await jobs.create(spec, { paused }) });
    return results;
  } catch (error) {
    for (const { job, result } of results) if (result === 'created') await jobs.delete(job);
    throw error;
  }
}
