/** Trains by a program in any language, as a child process. The contract with it is docs/trainers.md. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { GpuDriver } from '../gpu/driver';
import { inheritedBy, socketVariable, variablesFor } from './processEnvironment';
import { ProcessRun } from './processRun';
import {
  type ProcessSettings,
  commandFor,
  invalidRequest,
  processSettingsFor,
  refuseForeignSize,
} from './processSettings';
import { type ProcessIdentity, identityOf, tokenVariable } from './processTable';
import { checkpointDirectory, forgetOldRuns, runDirectory } from './runDirectory';

export { endOrphans } from './runDirectory';
import { openReportSocket } from './reportSocket';
import { type RunClaim, claimRun } from './runRecord';
import type { RunRequest, Trainer } from './trainer';

export interface ProcessTrainerOptions {
  /** Where runs keep their checkpoints, output and records. On a disk of this host, or shared: then others may resume. */
  readonly directory: string;
  /** Measures what a probe draws. */
  readonly gpus: GpuDriver;
  /** What `cwd` of a job file is relative to; the worker's working directory unless given. */
  readonly workingDirectory?: string;
  /** The worker's environment, of which a trainer gets a part; `process.env` unless given. */
  readonly env?: NodeJS.ProcessEnv;
}

interface Launch {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: Record<string, string>;
  readonly settings: ProcessSettings;
  readonly request: RunRequest;
}

export function createProcessTrainer(options: ProcessTrainerOptions): Trainer {
  return {
    kind: 'process',
    async start(request) {
      refuseForeignSize(request);
      const directory = runDirectory(options.directory, request);
      const checkpoints = checkpointDirectory(options.directory, request);
      const launch = await prepare(request, options, checkpoints);
      await mkdir(checkpoints, { recursive: true });
      await mkdir(directory, { recursive: true });
      await forgetOldRuns(directory);
      const claim = await claimRun(directory, await thisWorker());
      try {
        return await startClaimed(launch, claim, { directory, gpus: options.gpus });
      } catch (error) {
        await claim.release();
        throw error;
      }
    },
  };
}

/** Everything that can be refused is refused before anything is changed. */
async function prepare(request: RunRequest, options: ProcessTrainerOptions, checkpoints: string): Promise<Launch> {
  const { spec, gpuUuids } = request;
  const settings = processSettingsFor(spec);
  const variables = variablesFor(request, resolve(checkpoints));
  const command = commandFor(spec.job, settings, variables);
  const inherited = inheritedBy(spec.job, settings, options.env ?? process.env);
  const cwd = resolve(options.workingDirectory ?? '.', settings.cwd);
  const isDirectory = await stat(cwd).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isDirectory)
    throw invalidRequest(`Cannot train job ${spec.job} in ${cwd}: no such directory; mend trainer.cwd.`);
  const env = { ...inherited, ...variables, CUDA_VISIBLE_DEVICES: gpuUuids.join(',') };
  return { command, cwd, env, settings, request };
}

async function startClaimed(
  launch: Launch,
  claim: RunClaim,
  { directory, gpus }: { readonly directory: string; readonly gpus: GpuDriver },
): Promise<ProcessRun> {
  const { settings, request } = launch;
  await refuseOvertaken(claim, request);
  const socket = await openReportSocket();
  const tokens = { [socketVariable]: socket.path, [tokenVariable]: claim.token };
  const { child, pid } = await spawned(launch, tokens).catch(async (error: unknown) => {
    await socket.close();
    throw error;
  });
  // Should it be unknown, the token alone still finds the run's processes.
  const leader = identityOf(pid).catch(() => undefined);
  const identity = leader.then((known) => ({ token: claim.token, leader: known ?? null }));
  const outputFile = join(directory, 'output.log');
  const run = new ProcessRun({ child, identity, settings, request, gpus, socket, outputFile, onGone: claim.release });
  try {
    const known = await leader;
    if (known !== undefined) await claim.noteLeader(known);
    // Whoever claimed the run since may have looked for our process before it was there.
    await refuseOvertaken(claim, request);
    return run;
  } catch (error) {
    await run.stop();
    throw error;
  }
}

/** Not a turn of the event loop later than the process is there: its end and its words must not be missed. */
async function spawned({ command, cwd, env, request }: Launch, tokens: Record<string, string>) {
  const [program = '', ...rest] = command;
  const child = spawn(program, rest, {
    cwd,
    env: { ...env, ...tokens },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
  });
  const { pid } = child;
  if (pid === undefined) throw refusal(program, request, await once(child, 'error'));
  return { child, pid };
}

async function refuseOvertaken(claim: RunClaim, { id, spec }: RunRequest): Promise<void> {
  if (await claim.isLatest()) return;
  throw new Error(`Cannot start run ${id} of job ${spec.job}: a later start of the same run took over.`);
}

/** A program that is missing or must not be run stays so; any other trouble may pass. */
function refusal(program: string, { spec }: RunRequest, [error]: readonly unknown[]): Error {
  const cause = error instanceof Error ? error : undefined;
  const reason = cause?.message ?? String(error);
  const message = `Cannot start ${program} for job ${spec.job}: ${reason}`;
  if (!/ENOENT|EACCES|ENOEXEC|ENOTDIR/.test(reason)) return new Error(message, { cause });
  return invalidRequest(`${message}; mend trainer.command, or install it on this host.`, cause);
}

async function thisWorker(): Promise<ProcessIdentity> {
  return (await identityOf(process.pid)) ?? { pid: process.pid, birth: '' };
}
