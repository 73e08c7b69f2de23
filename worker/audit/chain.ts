/**
 * Lines of JSON that hold on to each other: each ends in a hash over the line before it and itself, so that nothing can be changed,
 * moved or taken away unnoticed. The first line is a header, the last one a seal; one file may go on where another one ended.
 */
import { createHash } from 'node:crypto';
import { jsonOf } from '../../activities/json';
import { plainJson } from '../cli/text';

/** What the first line of a chain that follows no other is hashed with. */
export const chainStart = '0'.repeat(64);

/** Keys in order, no blanks: the same value gives the same text. */
export function canonicalJson(value: unknown): string {
  return plainJson(inKeyOrder(value));
}

function inKeyOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inKeyOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]): [string, unknown] => [key, inKeyOrder(each)]);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The text of a chain: header, lines, seal. `previous`: the last hash of the chain that it goes on from. */
export function chained(header: object, lines: readonly object[], seal: object, previous = chainStart): string {
  let text = '';
  let hash = previous;
  const all = [{ ...header, previous }, ...lines, { ...seal, kind: 'seal', entries: lines.length }];
  all.forEach((line, index) => {
    const body = canonicalJson({ ...line, n: index + 1 });
    hash = hashOf(hash, body);
    text += `${body.slice(0, -1)},"hash":"${hash}"}\n`;
  });
  return text;
}

/** `body`: the line's JSON without its hash. */
const hashOf = (previous: string, body: string) => createHash('sha256').update(`${previous}\n${body}`).digest('hex');

type Fields = Readonly<Record<string, unknown>>;

export type Verified =
  | { readonly ok: true; readonly header: Fields; readonly seal: Fields; readonly hash: string }
  /** `line` counts from 1. */
  | { readonly ok: false; readonly line: number; readonly why: string };

/** The first thing that is wrong with a chain, if any. */
export function verifyChain(text: string): Verified {
  const lines = text.split('\n');
  const rest = lines.pop();
  const header = fieldsOf(lines[0] ?? '');
  let previous = String(header?.['previous']);
  for (const [index, line] of lines.entries()) {
    const n = index + 1;
    const read = readLine(line, previous);
    if (read === undefined) return { ok: false, line: n, why: whyBroken(line, n) };
    if (read.fields['n'] !== n) return { ok: false, line: n, why: 'its number is not that of its place' };
    if (read.fields['kind'] === 'seal') return sealedAt({ n, lines, rest }, header ?? {}, read);
    previous = read.hash;
  }
  return { ok: false, line: lines.length + 1, why: 'the seal is missing: the file was cut off here' };
}

interface Line {
  readonly fields: Fields;
  readonly hash: string;
}

interface Place {
  readonly n: number;
  readonly lines: readonly string[];
  readonly rest: string | undefined;
}

function sealedAt({ n, lines, rest }: Place, header: Fields, { fields: seal, hash }: Line): Verified {
  if (n < lines.length || rest !== '') return { ok: false, line: n + 1, why: 'it comes after the seal' };
  if (seal['entries'] !== n - 2) return { ok: false, line: n, why: 'the seal counts other lines' };
  return { ok: true, header, seal, hash };
}

const ending = /,"hash":"([0-9a-f]{64})"}$/;

/** Undefined where line and hash do not belong together. */
function readLine(line: string, previous: string): Line | undefined {
  const [end, hash] = ending.exec(line) ?? [];
  if (end === undefined || hash === undefined) return undefined;
  const body = `${line.slice(0, -end.length)}}`;
  const fields = fieldsOf(body);
  return fields !== undefined && hash === hashOf(previous, body) ? { fields, hash } : undefined;
}

function whyBroken(line: string, n: number): string {
  const fields = fieldsOf(line);
  if (fields === undefined || !ending.test(line)) return 'it is no line of an audit';
  const number = fields['n'];
  if (typeof number !== 'number' || number === n) return 'it or its hash was changed';
  const where = number > n ? 'lines are missing before it, or were moved' : 'it was moved, or is here twice';
  return `it is line ${number} of what was written: ${where}`;
}

function fieldsOf(line: string): Fields | undefined {
  const value = jsonOf(line);
  return isFields(value) ? value : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
