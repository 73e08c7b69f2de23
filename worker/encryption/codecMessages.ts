/** What Temporal's UI and CLI say to a codec server: payloads as JSON writes Temporal's own message, bytes in base64. */
import type { Payload } from '@temporalio/common';
import { z } from 'zod';
import { jsonOf } from '../../activities/json';

const bytes = z
  .string()
  .regex(/^[A-Za-z0-9+/_-]*={0,2}$/)
  .transform((text) => Buffer.from(text, 'base64'));
const payload = z.object({ metadata: z.record(z.string(), bytes).default({}), data: bytes.optional() });
const message = z.object({ payloads: z.array(payload).default([]) });

/** Undefined where the text is no such message. */
export function payloadsIn(text: string): Payload[] | undefined {
  return message.safeParse(jsonOf(text)).data?.payloads;
}

export function messageOf(payloads: readonly Payload[]): string {
  return JSON.stringify({ payloads: payloads.map(wireOf) });
}

function wireOf({ metadata, data }: Payload) {
  const inBase64 = Object.entries(metadata ?? {}).map(([key, value]) => [key, base64(value)]);
  return { metadata: Object.fromEntries(inBase64), data: base64(data ?? new Uint8Array()) };
}

function base64(content: Uint8Array): string {
  return Buffer.from(content).toString('base64');
}
