/** A recorded signal, played by the wall clock. What it holds of the time to come serves as a forecast without error. */
import { readFile, stat } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { SourceError } from './error';
import { instantAt, newestBegun, secondsOf, systemClock, type Clock } from './gridSlots';
import { type Columns, parseRecording } from './recordedCsv';
import { type PlayedSlot, type Replay, createPlayer } from './replayed';
import type { CarbonKind, FactorType, Reading, Source } from './source';

export interface RecordedOptions extends Partial<Replay> {
  readonly zone: string;
  readonly file: string;
  readonly values: RecordedValues;
  readonly columns?: Columns | undefined;
  /** The longest a value holds: a gap is a gap. */
  readonly slotMinutes?: number | undefined;
  readonly clock?: Clock | undefined;
}

/** What the column of values holds. */
export type RecordedValues =
  | { readonly kind: CarbonKind; readonly factorType?: FactorType | undefined }
  | { readonly kind: 'price'; readonly currency: string; readonly per: 'kWh' | 'MWh' };

const maxBytes = 64 * 1024 * 1024;
/** How far back the newest value is looked for; an older one is of no use. */
const lookBackSeconds = 7 * 86_400;
const longestHours = 24 * 366;

export function createRecorded(options: RecordedOptions): Source {
  const { zone, file, values, columns, slotMinutes = 60, clock = systemClock } = options;
  const { shiftDays = 0, repeat = false } = options;
  const slotSeconds = slotMinutes * 60;
  const { kind } = values;
  const facts = {
    provider: 'recorded',
    zone,
    kind,
    slotSeconds,
    historyHours: longestHours,
    forecastHours: longestHours,
  };
  let opened: Promise<ReturnType<typeof createPlayer>> | undefined;
  const open = async () => {
    const rows = parseRecording(file, await textOf(file), columns);
    return createPlayer(rows, slotSeconds, { shiftDays, repeat });
  };
  const between = async (fromSeconds: number, toSeconds: number) => {
    opened ??= open();
    // A file that could not be read may be mended.
    const play = await opened.catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return play(fromSeconds, toSeconds).map((slot) => readingOf(slot, options, secondsOf(clock())));
  };
  return {
    facts,
    async now() {
      const now = secondsOf(clock());
      const recent = await between(now - lookBackSeconds, now + 1);
      if (recent.length > 0) return newestBegun(recent, now);
      const remedy = 'move it by shiftDays, or repeat it';
      throw new SourceError('invalid', `${file} has nothing of ${instantAt(now)} or the week before; ${remedy}`);
    },
    history: ({ fromAt, toAt }) => between(secondsOf(fromAt), secondsOf(toAt)),
    async forecast(hours) {
      const now = secondsOf(clock());
      return between(now, now + hours * 3600);
    },
  };
}

function readingOf(
  { fromSeconds, toSeconds, value }: PlayedSlot,
  { zone, values }: RecordedOptions,
  now: number,
): Reading {
  const slot = {
    provider: 'recorded',
    zone,
    validFromAt: instantAt(fromSeconds),
    validToAt: instantAt(toSeconds),
    issuedAt: null,
    status: fromSeconds <= now ? 'observed' : 'forecast',
  } as const;
  if (values.kind !== 'price')
    return { ...slot, kind: values.kind, factorType: values.factorType ?? null, gramsPerKwh: value };
  const { kind, currency, per } = values;
  return { ...slot, kind, currency, pricePerKwh: per === 'kWh' ? value : value / 1000 };
}

async function textOf(file: string): Promise<string> {
  try {
    if ((await stat(file)).size <= maxBytes) return unpacked(file, await readFile(file));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no reason given';
    throw new SourceError('invalid', `its recording ${file} cannot be read (${code}); check the path`);
  }
  throw new SourceError('invalid', `its recording ${file} is longer than ${maxBytes} bytes; cut it`);
}

function unpacked(file: string, bytes: Buffer): string {
  return (file.endsWith('.gz') ? gunzipSync(bytes, { maxOutputLength: maxBytes }) : bytes).toString('utf8');
}
