/**
 * What one process knows of the grid that its host draws from: the latest reading, what is usual, what comes next. Asking it never
 * takes long, whatever the provider does, and never fails.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { SignalReading } from '../../policy/forecast';
import { type SignalDigest, type SignalIdentity, beginDigest, digest } from '../../policy/signalDigest';
import type { FactorType, Reading, ReadingStatus, Source, SourceFacts } from './source';

/** Survives JSON. */
export interface GridView extends SignalIdentity {
  /** The instant that was asked about. */
  readonly at: string;
  readonly unit: string;
  readonly factorType: FactorType | null;
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
/** The past is asked for once, and again after so long without a look. */
const longestGapHours = 6;
const forecastEveryHours = 6;
/** A view is carried in history. */
const mostSlotsAhead = 48;

export function createGridWatch(source: Source, options: GridWatchOptions = {}): GridWatch {
  const { patienceMs = 3000, steers = true } = options;
  const { facts } = source;
  const provider = createFrugal(source);
  let known = beginDigest(facts);
  let newest: Reading | undefined;

  const learnPast = async (at: Date) => {
    const readings = await provider.past(at, known.reference.countedToAt);
    known = digest(known, readings.filter(({ validToAt }) => Date.parse(validToAt) <= at.getTime()).map(signalIn));
  };
  return {
    facts,
    async view(given) {
      const at = given ?? new Date();
      let failure: string | undefined;
      const noting = (error: unknown) => {
        failure = error instanceof Error ? error.message : String(error);
      };
      const look = async () => {
        await learnPast(at).catch(noting);
        return given === undefined ? provider.now(at) : provider.then(at);
      };
      const reading = await within(patienceMs, look().catch(noting));
      if (reading !== undefined && (newest === undefined || reading.validFromAt >= newest.validFromAt)) {
        newest = reading;
        known = digest(known, [signalIn(reading)]);
      }
      // The grid's own time may go back, as in a simulation that begins anew.
      const latest = newest !== undefined && Date.parse(newest.validFromAt) <= at.getTime() ? newest : undefined;
      const { provider: name, zone, kind, slotSeconds } = facts;
      return {
        ...{ provider: name, zone, kind, slotSeconds, steers },
        at: at.toISOString(),
        unit: unitOf(latest, facts),
        factorType: latest === undefined || latest.kind === 'price' ? null : latest.factorType,
        reading: latest === undefined ? null : { ...signalIn(latest), status: latest.status },
        forecast: given === undefined ? provider.ahead(at).map(signalIn) : [],
        digest: known,
        ...(failure === undefined ? {} : { failure: failure.slice(0, 300) }),
      };
    },
  };
}

/** Asks one question a slot: a forecast, now and then, tells the present as well. */
function createFrugal(source: Source) {
  const { facts } = source;
  const hours = Math.min(24, (mostSlotsAhead * facts.slotSeconds) / 3600);
  let forecast: readonly Reading[] = [];
  let forecastAskedMs = facts.forecastHours === 0 ? Infinity : -Infinity;
  let pastAskedMs = -Infinity;

  return {
    async past(at: Date, knownToAt: string | null): Promise<readonly Reading[]> {
      const from = Math.max(at.getTime() - pastHours * hourMs, Date.parse(knownToAt ?? '1970-01-01'));
      const isRecent = Math.min(at.getTime() - from, at.getTime() - pastAskedMs) < longestGapHours * hourMs;
      if (facts.historyHours === 0 || isRecent) return [];
      pastAskedMs = at.getTime();
      return source.history({ fromAt: new Date(from).toISOString(), toAt: at.toISOString() });
    },
    async now(at: Date): Promise<Reading> {
      if (at.getTime() - forecastAskedMs < forecastEveryHours * hourMs) return source.now();
      forecastAskedMs = at.getTime();
      // Plans without forecasts are many.
      forecast = await source.forecast(hours).catch(() => []);
      return forecast.find((one) => isIn(at, one)) ?? source.now();
    },
    /** At an instant of the past. */
    async then(at: Date): Promise<Reading | undefined> {
      const toAt = new Date(at.getTime() + 1).toISOString();
      return (await source.history({ fromAt: at.toISOString(), toAt })).at(-1);
    },
    ahead: (at: Date) => forecast.filter(({ validToAt }) => Date.parse(validToAt) > at.getTime()),
  };
}

function isIn(at: Date, { validFromAt, validToAt }: Reading): boolean {
  return Date.parse(validFromAt) <= at.getTime() && at.getTime() < Date.parse(validToAt);
}

/** Undefined where it takes longer. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T | undefined> {
  const patience = new AbortController();
  const late = sleep(milliseconds, undefined, { signal: patience.signal }).catch(() => undefined);
  return Promise.race([work, late]).finally(() => patience.abort());
}

export function signalIn(reading: Reading): SignalReading {
  const { validFromAt, validToAt } = reading;
  return { validFromAt, validToAt, value: reading.kind === 'price' ? reading.pricePerKwh : reading.gramsPerKwh };
}

function unitOf(latest: Reading | undefined, { kind }: SourceFacts): string {
  if (kind !== 'price') return 'gCO2eq/kWh';
  return latest?.kind === 'price' ? `${latest.currency}/kWh` : 'per kWh';
}
