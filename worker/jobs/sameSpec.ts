/** A job has one specification: its bandit, its Schedule and whoever creates it again must agree. */
import type { JobSpec } from '../../workflows/contracts';
import { WattbanditError } from '../errors';

/** Both went through JSON in the order in which the schema writes keys. @throws WattbanditError `conflict` */
export function requireSame(spec: JobSpec, existing: unknown): void {
  if (JSON.stringify(existing) === JSON.stringify(spec)) return;
  throw new WattbanditError(
    'conflict',
    `Cannot create job ${spec.job}: it exists with another specification; delete it first or choose another name.`,
  );
}
