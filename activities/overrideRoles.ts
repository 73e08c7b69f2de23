/** Who may override what. */
import { z } from 'zod';

/** Each may do what those before it may. */
export const roles = ['viewer', 'operator', 'power', 'admin'] as const;
export type Role = (typeof roles)[number];

const requiredRoles = {
  eta: 'operator',
  pinBatchSize: 'operator',
  banBatchSize: 'operator',
  pauseLearning: 'operator',
  pauseTuning: 'operator',
  /** For longer than a day an admin's affair. */
  freeze: 'operator',
  resume: 'operator',
  pinPowerLimit: 'power',
  powerBound: 'power',
  slowDownBound: 'power',
  /** Back to the shadow is every operator's right. */
  trust: 'power',
  import: 'admin',
} as const satisfies Readonly<Record<string, Role>>;

export type OverrideKind = keyof typeof requiredRoles;

const oneDaySeconds = 86_400;
const intoShadow = z.object({ level: z.literal('shadow') });
const shortFreeze = z.object({ seconds: z.number().positive().max(oneDaySeconds) });

export function isOverrideKind(kind: string): kind is OverrideKind {
  return Object.hasOwn(requiredRoles, kind);
}

/** A freeze that does not say how many seconds it lasts has no end. */
export function roleFor(kind: OverrideKind, value: unknown): Role {
  if (kind === 'trust' && intoShadow.safeParse(value).success) return 'operator';
  if (kind === 'freeze' && !shortFreeze.safeParse(value).success) return 'admin';
  return requiredRoles[kind];
}

export function mayAct(role: Role, required: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(required);
}
