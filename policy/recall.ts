/** Reading back what a policy once remembered: only what this version wrote, and never a new beginning in silence. */

interface Versioned {
  readonly version: number;
}

/** `Memory` names a version; a memory of another shape, or of a version not known here, stops the job instead of misleading it. */
export function recallVersion<Memory extends Versioned>(policy: string, known: Memory, stored: unknown): Memory {
  if (isLike(known, stored)) return stored;
  const found = typeof stored === 'object' && stored !== null && 'version' in stored ? stored.version : 'none';
  throw new Error(
    `Cannot recall what policy ${policy} remembered: it is of version ${String(found)}, this program reads ${known.version}; run the version that wrote it, or a newer one.`,
  );
}

function isLike<Memory extends Versioned>(known: Memory, stored: unknown): stored is Memory {
  if (typeof stored !== 'object' || stored === null) return false;
  const fields = new Map(Object.entries(stored));
  return fields.get('version') === known.version && Object.keys(known).every((name) => fields.has(name));
}
