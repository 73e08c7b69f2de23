/**
 * What one process knows of the grid that its host draws from: the latest reading, what is usual, what comes next. Asking it never
 * takes long, whatever the provider does, and never fails.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { SignalReading } from '../../policy/forecast';
import { type SignalDigest, type SignalIdentity, beginDigest, digest } from '../../policy/signalDigest';
import type { Reading, ReadingStatus, Source, SourceFacts } from './source';

/** Survives JSON. */
export interface GridView extends SignalIdentity {
  /** The instant that was asked about. */
  readonly at: string;
  readonly unit: string;
  readonly slotSeconds: number;
  readonly reading: (SignalReading & { readonly status: ReadingStatus }) | null;
  readonly forecast: readonly SignalReading[];
  readonly digest: SignalDigest;
  /** Whether runs there can be steered while they train; else what is decided at their start holds. */
  readonly steers: boolean;
  /** Why there is no reading, for people. */
  readonly failure?: string;
}

export interface GridWatch {
  readonly facts: SourceFacts;
  /** At an instant of the grid's time; now unless given. */
  view(at?: Date): Promise<GridView>;
}

export interface GridWatchOptions {
  /** All that one view may take. A provider that is slower is asked again for the next one. */
  readonly patienceMs?: number;
  readonly steers?: boolean;
}

const hourMs = 3_600_000;
const pastHours = 28 * 24;
/** A view is carried in history. */
const mostSlotsAhead = 48;

export function createGridWatch(
  source: Source,
  { patienceMs = 3000, steers = true }: GridWatchOptions = {},
): GridWatch {
  const { facts } = source;
  const aheadHours = Math.min(24, (mostSlotsAhead * facts.slotSeconds) / 3600);
  let known = beginDigest(facts);
  let newest: Reading | undefined;
  let pastToldTo = -Infinity;

  /** What the provider remembers of the weeks before, told once and then kept up to date. */
  const learnPast = async (at: Date) => {
    if (facts.historyHours === 0) return;
    const from = Math.max(at.getTime() - pastHours * hourMs, pastToldTo);
    if (at.getTime() - from < facts.slotSeconds * 1000) return;
    const readings = await source.history({ fromAt: new Date(from).toISOString(), toAt: at.toISOString() });
    pastToldTo = Math.max(pastToldTo, ...readings.map(({ validToAt }) => Date.parse(validToAt)));
    known = digest(known, readings.filter(({ validToAt }) => Date.parse(validToAt) <= at.getTime()).map(signalIn));
  };
  const readAt = async (at: Date, isNow: boolean): Promise<Reading | undefined> => {
    if (isNow) return source.now();
    const toAt = new Date(at.getTime() + 1).toISOString();
    return (await source.history({ fromAt: at.toISOString(), toAt })).at(-1);
  };
  const within = async <T>(work: Promise<T>, instead: T): Promise<T> => {
    const patience = new AbortController();
    const late = sleep(patienceMs, instead, { signal: patience.signal }).catch(() => instead);
    return Promise.race([work, late]).finally(() => patience.abort());
  };

  return {
    facts,
    async view(given) {
      const at = given ?? new Date();
      let failure: string | undefined;
      const noting = (error: unknown) => {
        failure = error instanceof Error ? error.message : String(error);
        return undefined;
      };
      const [, reading, forecast] = await Promise.all([
        within(learnPast(at).catch(noting), undefined),
        within(readAt(at, given === undefined).catch(noting), undefined),
        within(facts.forecastHours === 0 ? Promise.resolve([]) : source.forecast(aheadHours).catch(() => []), []),
      ]);
      if (reading !== undefined && (newest === undefined || reading.validFromAt >= newest.validFromAt)) {
        newest = reading;
        known = digest(known, [signalIn(reading)]);
      }
      // The grid's own time may go back, as in a simulation that begins anew.
      const latest = newest !== undefined && Date.parse(newest.validFromAt) <= at.getTime() ? newest : undefined;
      return {
        ...identityOf(facts),
        at: at.toISOString(),
        unit: latest === undefined ? unitOf(facts) : unitIn(latest),
        slotSeconds: facts.slotSeconds,
        reading: latest === undefined ? null : { ...signalIn(latest), status: latest.status },
        forecast: given === undefined ? forecast.map(signalIn) : [],
        digest: known,
        steers,
        ...(failure === undefined ? {} : { failure: failure.slice(0, 300) }),
      };
    },
  };
}

export function signalIn(reading: Reading): SignalReading {
  const { validFromAt, validToAt } = reading;
  return { validFromAt, validToAt, value: reading.kind === 'price' ? reading.pricePerKwh : reading.gramsPerKwh };
}

function identityOf({ provider, zone, kind }: SignalIdentity): SignalIdentity {
  return { provider, zone, kind };
}

function unitOf({ kind }: SourceFacts): string {
  return kind === 'price' ? 'per kWh' : 'gCO2eq/kWh';
}

function unitIn(reading: Reading): string {
  return reading.kind === 'price' ? `${reading.currency}/kWh` : 'gCO2eq/kWh';
}
