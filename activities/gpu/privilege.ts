/** Whether the kernel lets this process change GPUs: known before a set is refused. */
import { readFileSync } from 'node:fs';

const sysAdmin = 21n;

/** CAP_SYS_ADMIN is what the NVIDIA driver asks for; root in a container often lacks it. */
export function hasSysAdmin(status = statusOfThisProcess()): boolean {
  const [, mask] = /^CapEff:\s*([\da-f]+)$/m.exec(status ?? '') ?? [];
  if (mask === undefined) return process.geteuid?.() === 0;
  return ((BigInt(`0x${mask}`) >> sysAdmin) & 1n) === 1n;
}

function statusOfThisProcess(): string | undefined {
  try {
    return readFileSync('/proc/self/status', 'utf8');
  } catch {
    return undefined;
  }
}
