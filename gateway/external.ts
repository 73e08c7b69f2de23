/** Jobs whose runs somebody else trains: `trainer: { kind: external }`, with the GPUs that asks mean unless they name others. */
import { z } from 'zod';
import type { JobSpec } from '../workflows/contracts';
import { InvalidRequest } from './problem';
import * as shapes from './shapes';

export const externalKind = 'external';
export const externalNote = 'its runs are asked for and told through the gateway';

const externalTrainer = z.looseObject({ kind: z.literal(externalKind), gpus: shapes.gpus.optional() });

export function isExternal({ trainer }: JobSpec): boolean {
  return trainer.kind === externalKind;
}

/** Whoever asks later should not learn of a mistake that was made here. @throws InvalidRequest */
export function requireGpus({ trainer }: JobSpec): void {
  if (trainer.kind !== externalKind) return;
  const parsed = externalTrainer.safeParse(trainer);
  if (parsed.success) return;
  const errors = parsed.error.issues.map(({ path, message }) => ({ path: ['trainer', ...path].join('.'), message }));
  throw new InvalidRequest('body', errors);
}
