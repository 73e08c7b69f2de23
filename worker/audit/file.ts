/** The file that `audit export` writes and `audit verify` reads: a chain with a header of its own. */
import { z } from 'zod';
import { type Audit, type ReadTo } from './audit';
import { chained, verifyChain } from './chain';

const headerSchema = z.object({
  format: z.literal('wattbandit-audit'),
  version: z.literal(1),
  job: z.string(),
  exportedAt: z.string(),
  /** The hash of the chain before it; zeros where there is none. */
  previous: z.string(),
});
const sealSchema = z.object({ readTo: z.record(z.string(), z.int().positive()), entries: z.int().min(0) });

/** A chain that holds. */
export interface AuditFile {
  readonly job: string;
  readonly exportedAt: string;
  readonly previous: string;
  readonly entries: number;
  /** Of its seal, over all before it. */
  readonly hash: string;
  readonly readTo: ReadTo;
}

export type Read =
  | { readonly ok: true; readonly file: AuditFile }
  /** `line` counts from 1. */
  | { readonly ok: false; readonly line: number; readonly why: string };

interface Exported {
  readonly job: string;
  readonly exportedAt: string;
  readonly audit: Audit;
  /** The one that this one goes on from. */
  readonly earlier?: AuditFile | undefined;
}

export function auditText({ job, exportedAt, audit, earlier }: Exported): string {
  const { entries, readTo, missing } = audit;
  const header = { format: 'wattbandit-audit', version: 1, job, exportedAt, missing };
  return chained(header, entries.map(withoutTokens), { readTo }, earlier?.hash);
}

/** No entry holds a token by itself, but people paste them where they do not belong: into a reason, for one. */
function withoutTokens(entry: object): object {
  const told: unknown = JSON.parse(JSON.stringify(entry).replaceAll(jws, 'a token, left out'));
  return typeof told === 'object' && told !== null ? told : {};
}

/** In its compact form; `eyJ` is how JSON begins in base64. */
const jws = /eyJ[\w-]+\.[\w-]+\.[\w-]*/g;

export function readAudit(bytes: Buffer): Read {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  // Bytes that are no text would all be read as the same character.
  if (!Buffer.from(text).equals(bytes)) return { ok: false, line: lineOfNoText(bytes), why: 'it is not text in UTF-8' };
  const chain = verifyChain(text);
  if (!chain.ok) return chain;
  const header = headerSchema.safeParse(chain.header);
  const seal = sealSchema.safeParse(chain.seal);
  if (!header.success || !seal.success)
    return { ok: false, line: 1, why: 'it is not the header of an audit that this version reads' };
  const { job, exportedAt, previous } = header.data;
  const { readTo, entries } = seal.data;
  return { ok: true, file: { job, exportedAt, previous, entries, hash: chain.hash, readTo } };
}

function lineOfNoText(bytes: Buffer): number {
  const read = Buffer.from(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
  const at = read.findIndex((byte, index) => byte !== bytes[index]);
  return read.subarray(0, at).filter((byte) => byte === lineFeed).length + 1;
}

const lineFeed = 10;
