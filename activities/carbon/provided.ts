/** What the adapters of HTTP providers share: times as providers write them, readings as we do. */
import { z } from 'zod';
import type { HttpOptions } from './http';
import { SourceError } from './error';
import { instantAt, secondsOf } from './gridSlots';
import type { CarbonReading, FactorType, SourceFacts } from './source';

/** Unless an adapter says where else. */
export type ProviderOptions = Partial<HttpOptions>;

/** An instant with its zone, as Unix seconds: one without would be taken for local time. */
export const providerTime = z.string().transform((text, context) => {
  const seconds = /(Z|[+-]\d\d:?\d\d)$/.test(text) ? secondsOf(text) : Number.NaN;
  if (Number.isFinite(seconds)) return seconds;
  context.addIssue({ code: 'custom', message: 'must be an instant with its time zone' });
  return z.NEVER;
});

export interface Told {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly gramsPerKwh: number;
  readonly status: CarbonReading['status'];
  readonly issuedSeconds?: number | undefined;
  readonly factorType?: FactorType | undefined;
  readonly warnings?: readonly string[] | undefined;
}

export function carbonReading(
  facts: SourceFacts & { readonly kind: CarbonReading['kind'] },
  told: Told,
): CarbonReading {
  const { provider, zone, kind } = facts;
  const { warnings } = told;
  return {
    provider,
    zone,
    kind,
    factorType: told.factorType ?? null,
    gramsPerKwh: told.gramsPerKwh,
    validFromAt: instantAt(told.fromSeconds),
    validToAt: instantAt(told.toSeconds),
    issuedAt: told.issuedSeconds === undefined ? null : instantAt(told.issuedSeconds),
    status: told.status,
    ...(warnings !== undefined && warnings.length > 0 && { warnings }),
  };
}

/** Also what a provider silently answered with instead. */
export function refuseOther(what: string, told: string, asked: string): void {
  if (told === asked) return;
  throw new SourceError('unusable', `it gives ${what} ${told.slice(0, 40)} where ${asked} was asked for`);
}
