/** Runs a program in this process's place: same terminal, same signals, same exit code. */
import { spawn } from 'node:child_process';

/** @returns the exit code; 128 + n after a signal, as shells have it */
export async function runChild(args) {
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  const passOn = (signal) => child.kill(signal);
  // Ctrl-C reaches the child from the terminal; this process only must not die of it first.
  const ignore = () => {};
  process.on('SIGTERM', passOn).on('SIGINT', ignore);
  try {
    return await new Promise((ended, failed) => {
      child.once('error', failed);
      child.once('exit', (code, signal) => ended(code ?? 128 + ({ SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }[signal] ?? 0)));
    });
  } finally {
    process.off('SIGTERM', passOn).off('SIGINT', ignore);
  }
}
