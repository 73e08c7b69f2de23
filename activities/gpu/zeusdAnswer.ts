/** What zeusd says when it refuses: per GPU, once for all, or in plain words; the status alone does not tell enough. */
import { z } from 'zod';
import { GpuError, type GpuErrorKind } from './error';

export interface ZeusdAnswer {
  readonly status: number;
  readonly body: string;
}

const perGpu = z
  .object({ errors: z.record(z.string(), z.string()) })
  .transform(({ errors }) => Object.values(errors).join('; '));
const forAll = z.object({ error: z.string() }).transform(({ error }) => error);
const refusal = z.union([perGpu, forAll]);

export function zeusdFailureFor({ status, body }: ZeusdAnswer): GpuError {
  const words = wordsIn(body);
  const [kind, remedy] = meaningOf(status, words);
  return new GpuError(kind, `zeusd refuses with ${status} (${words.slice(0, 300)}); ${remedy}`);
}

function wordsIn(body: string): string {
  try {
    const parsed = refusal.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data : body.trim();
  } catch {
    return body.trim();
  }
}

function meaningOf(status: number, words: string): readonly [GpuErrorKind, string] {
  if (status === 401) return ['forbidden', 'give a valid token by reference, env:NAME or file:/path'];
  if (status === 403 && /scope/i.test(words))
    return ['forbidden', 'issue a token with the scopes gpu-read and gpu-control'];
  if (status === 403) return ['forbidden', 'run zeusd as root or with CAP_SYS_ADMIN'];
  if (status === 404) return ['unsupported', 'start zeusd with --enable gpu-read,gpu-control'];
  if (/not supported/i.test(words)) return ['unsupported', 'leave this GPU out'];
  if (/does not exist/i.test(words)) return ['absent', 'its GPUs changed; try again'];
  if (/lost/i.test(words)) return ['lost', 'see the kernel log for Xid messages and reset it or reboot'];
  if (status === 400) return ['outOfRange', 'choose a limit within its range'];
  return ['unavailable', 'see its log'];
}
