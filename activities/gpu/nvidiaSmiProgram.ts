/** Runs `nvidia-smi` and tells its failures, which it prints on standard output; its exit codes are NVML's return codes. */
import { execFile } from 'node:child_process';
import { GpuError, type GpuErrorKind } from './error';
import { nvmlMeaningOf } from './nvmlErrors';

export interface NvidiaSmiProgram {
  readonly program: string;
  readonly timeoutSeconds: number;
}

/** Resolves to what it printed, if it exited with 0. */
export function runNvidiaSmi({ program, timeoutSeconds }: NvidiaSmiProgram, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { timeout: timeoutSeconds * 1000, killSignal: 'SIGKILL' }, (error, stdout) => {
      if (error === null) return resolve(stdout);
      if (typeof error.code === 'number') return reject(failureFor(error.code, stdout));
      const waited = error.killed === true ? `${program} gave no answer in ${timeoutSeconds} s; try again` : undefined;
      const reason = waited ?? `${program} cannot be run (${error.message}); install the tools of the NVIDIA driver`;
      return reject(new GpuError('unavailable', reason, { cause: error }));
    });
  });
}

function failureFor(exitCode: number, stdout: string): GpuError {
  const [kind, meaning] = nvmlMeaningOf(exitCode);
  const [said = ''] = stdout.trim().split('\n');
  return new GpuError(kind, `${meaning} (nvidia-smi: ${said}, exit code ${exitCode})`);
}

/** Undefined where the hardware has no such value: all other failures stand in brackets too, and the program exits with 0. */
export function wattsIn(cell: string): number | undefined {
  if (/^\d+(\.\d+)?$/.test(cell)) return Number(cell);
  if (cell === '[N/A]' || cell === '[Not Supported]') return undefined;
  const kind = cellKinds[cell] ?? 'unavailable';
  throw new GpuError(kind, `nvidia-smi answers ${cell}; see nvidia-smi -q and the kernel log for Xid messages`);
}

const cellKinds: Readonly<Record<string, GpuErrorKind>> = {
  '[GPU is lost]': 'lost',
  '[GPU requires reset]': 'lost',
  '[Insufficient Permissions]': 'forbidden',
};

export function onOrOff(cell: string): boolean | undefined {
  return cell === 'Enabled' ? true : cell === 'Disabled' ? false : undefined;
}
