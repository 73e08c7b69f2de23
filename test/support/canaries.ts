/** Secrets that must be found nowhere: planted where tokens, keys and passwords are taken, looked for in all that is said and stored. */
import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { decodedPayloads } from './decodedPayloads';

export class Canaries {
  readonly planted = new Map<string, string>();
  readonly #said = new Map<string, string>();

  /** A new secret. */
  plant(place: string): string {
    return this.plantAs(place, randomBytes(24).toString('hex'));
  }

  /** One that another program made: a signature, a key. */
  plantAs(place: string, secret: string): string {
    this.planted.set(place, secret);
    return secret;
  }

  /** Something to look in. */
  hear(from: string, text: string): void {
    this.#said.set(from, `${this.#said.get(from) ?? ''}\n${text}`);
  }

  hearFiles(directory: string): void {
    for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) this.hear(`file ${entry.name}`, readFileSync(join(entry.parentPath, entry.name), 'latin1'));
  }

  /** Every history of these workflows, as it is stored and, where the client has keys, as it is meant. */
  async hearHistories(client: Client, query: string): Promise<number> {
    const { payloadCodecs } = client.options.loadedDataConverter;
    let heard = 0;
    for await (const { workflowId, runId } of client.workflow.list({ query })) {
      const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
      this.hear(`history ${workflowId}`, [JSON.stringify(history), ...decodedPayloads(history)].join('\n'));
      for (const payload of payloadsIn(history))
        for (const codec of payloadCodecs)
          this.hear(`history ${workflowId}`, decodedPayloads(await codec.decode([payload])).join('\n'));
      heard += 1;
    }
    return heard;
  }

  /** Which secret was found where. */
  get found(): readonly string[] {
    const places = [...this.#said];
    return [...this.planted].flatMap(([secret, text]) =>
      places
        .filter(([, said]) => forms(text).some((form) => said.includes(form)))
        .map(([from]) => `${secret} in ${from}`),
    );
  }

  /** Whether it can be found at all. */
  get heard(): number {
    return this.#said.size;
  }
}

/** As it is, as base64 has it at the beginning of a text, and as an address has it. */
const forms = (secret: string) => [
  secret,
  Buffer.from(secret).toString('base64').slice(0, -4),
  encodeURIComponent(secret),
];

interface SomePayload {
  readonly metadata: Record<string, Uint8Array>;
  readonly data: Uint8Array;
}

function payloadsIn(value: unknown): readonly SomePayload[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  const { metadata, data } = value as Partial<SomePayload>;
  if (metadata?.['encoding'] !== undefined && data instanceof Uint8Array) return [{ metadata, data }];
  return Object.values(value).flatMap(payloadsIn);
}
