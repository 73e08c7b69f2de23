/** One log out of all that was named: an export, or the histories of a bandit's runs, one after the other. */
import { type DataConverter, defaultPayloadConverter } from '@temporalio/common';
import { WattbanditError } from '../errors';
import { decoderOf, logOf } from './historyLog';
import type { LogEntry } from './log';
import { isOfBandit } from './replay';
import type { ReplaySource } from './replaySources';

/** The first entry says what it began with. @throws WattbanditError `invalid` for logs of several jobs */
export async function joinedLog(
  sources: AsyncIterable<ReplaySource>,
  { payloadCodecs = [] }: DataConverter,
): Promise<readonly LogEntry[]> {
  const decode = decoderOf({ payloadCodecs, payloadConverter: defaultPayloadConverter });
  const joined: LogEntry[] = [];
  for await (const source of sources) {
    if (source.kind === 'history' && !isOfBandit(source.history)) continue;
    const entries = source.kind === 'log' ? source.entries : await logOf(source.history, decode);
    const [first, next] = [jobOf(joined), jobOf(entries)];
    if (first !== undefined && next !== first)
      throw new WattbanditError(
        'invalid',
        `Cannot replay ${source.name} under another policy: it is of job ${next}, not ${first}.`,
      );
    // What a run continues with is what the one before it ended with.
    joined.push(...(joined.length === 0 ? entries : entries.filter(({ type }) => type !== 'begun')));
  }
  if (joined.length > 0) return joined;
  throw new WattbanditError(
    'invalid',
    'Cannot replay under another policy: none of what was given is the log of a job.',
  );
}

function jobOf([begun]: readonly LogEntry[]): string | undefined {
  return begun?.type === 'begun' ? begun.input.spec.job : undefined;
}
