/** What a history has of payloads, wherever it has them, as the text that they are. */
export function decodedPayloads(history: unknown): readonly string[] {
  if (history instanceof Uint8Array) return [Buffer.from(history).toString('latin1')];
  if (typeof history !== 'object' || history === null) return [];
  return Object.values(history).flatMap(decodedPayloads);
}
