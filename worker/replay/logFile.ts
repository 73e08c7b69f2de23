/** Reads an export as a log, if it has one: those of version 1 have not. */
import { stat, readFile } from 'node:fs/promises';
import { ZodError } from 'zod';
import { WattbanditError } from '../errors';
import { jsonOf } from '../../activities/json';
import { type LogHeader, exportHeader, unsealed } from '../exportFormat';
import { messageOf, problemsIn } from '../import/input';
import { ruleFor } from '../yamlRules';
import type { LogEntry } from './log';
import { entryOf } from './logLines';

/** A hundred years, hour by hour, would be larger. */
const mostBytes = 512 * 1024 * 1024;

export interface LogFile {
  readonly header: LogHeader;
  /** The first one says what it began with. */
  readonly entries: readonly LogEntry[];
}

/** @throws WattbanditError `invalid` if it is no export, of a version without a log, cut off or changed */
export async function readLogFile(file: string): Promise<LogFile> {
  try {
    return parseLog(await textOf(file));
  } catch (error) {
    if (error instanceof WattbanditError) throw error;
    throw new WattbanditError('invalid', `Cannot read the log ${file}: ${messageOf(error)}.`, { cause: error });
  }
}

async function textOf(file: string): Promise<string> {
  if ((await stat(file)).size > mostBytes) throw new Error(`it has more than ${mostBytes / 1024 / 1024} MiB`);
  return readFile(file, 'utf8');
}

/** @throws Error that says why not */
export function parseLog(text: string): LogFile {
  const [first = '', ...lines] = unsealed(text);
  const header = headerOf(jsonOf(first));
  const begun = entryAt(lines[0], 2, header);
  const isBegun = begun?.type === 'begun';
  const beginning: LogEntry = isBegun ? begun : { type: 'begun', input: { spec: header.spec, since: [] } };
  const rest = isBegun ? lines.slice(1) : lines;
  const entries = rest.flatMap((line, index) => entryAt(line, index + (isBegun ? 3 : 2), header) ?? []);
  return { header, entries: [beginning, ...entries] };
}

function headerOf(line: unknown): LogHeader {
  const { success, data, error } = exportHeader.safeParse(line, { error: ruleFor });
  if (!success)
    throw new Error(`its first line is not the header of an export this version reads: ${problemsIn(error)}`);
  if (data.version === 2) return data;
  throw new Error('an export of version 1 has not what its decisions were made from; export the job again');
}

function entryAt(line: string | undefined, place: number, { spec }: LogHeader): LogEntry | undefined {
  if (line === undefined) return undefined;
  try {
    return entryOf(jsonOf(line), spec);
  } catch (error) {
    const why = error instanceof ZodError ? problemsIn(error) : messageOf(error);
    throw new Error(`line ${place}: ${why}`, { cause: error });
  }
}
