/** `wattbandit gpu watch`: limits, draw and holders as time goes by. A GPU that stops answering keeps its line. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FoundGpuDriver } from '../../activities/gpu/auto';
import { stateText } from './gpuList';
import { type GpuReading, createLook } from './gpuReadings';
import { leasesIn } from './gpuRows';
import { watts } from './numbers';
import type { Output } from './output';
import { type Column, plain, table } from './text';

export interface Watching {
  readonly found: Pick<FoundGpuDriver, 'kind' | 'driver'>;
  readonly directory: string;
  readonly everySeconds: number;
  readonly signal: AbortSignal;
}

/** A driver that hangs is waited for so long before its GPUs are told to be silent. */
const patienceSeconds = 5;

export async function watchGpus(output: Output, { found, directory, everySeconds, signal }: Watching): Promise<void> {
  const complain = once((text) => output.complain(text));
  const look = createLook(found, () => leasesIn(directory, complain));
  const show = createShow(output);
  let last: readonly GpuReading[] = [];
  let looking: ReturnType<typeof look> | undefined;
  while (!signal.aborted) {
    const until = performance.now() + everySeconds * 1000;
    // One look at a time: those of a driver that hangs would pile up.
    looking ??= look().finally(() => (looking = undefined));
    const seen = new AbortController();
    const silent = silence(last, Math.max(patienceSeconds, everySeconds), AbortSignal.any([signal, seen.signal]));
    const rows = await Promise.race([looking, silent]).finally(() => seen.abort());
    if (signal.aborted) return;
    show((last = rows));
    await sleep(Math.max(0, until - performance.now()), undefined, { signal }).catch(() => {});
  }
}

function once(say: (text: string) => void): (text: string) => void {
  let said = false;
  return (text) => {
    if (!said) say(text);
    said = true;
  };
}

async function silence(last: readonly GpuReading[], seconds: number, signal: AbortSignal) {
  await sleep(seconds * 1000, undefined, { signal }).catch(() => {});
  const at = new Date().toISOString();
  return last.map((row) => ({ ...row, at, drawWatts: null, reason: `its driver is silent for ${seconds} s` }));
}

const columns: readonly Column<GpuReading>[] = [
  { title: 'GPU', cell: ({ uuid }) => uuid },
  { title: 'Limit', align: 'right', cell: ({ limitWatts }) => watts(limitWatts) },
  { title: 'Enforced', align: 'right', cell: ({ enforcedWatts }) => watts(enforcedWatts) },
  { title: 'Draw', align: 'right', cell: ({ drawWatts }) => (drawWatts === null ? '–' : `${drawWatts.toFixed(0)} W`) },
  { title: 'State', cell: stateOf },
];

/** Without the remedy, which `list` tells. */
function stateOf(row: GpuReading): string {
  const [what] = row.reason?.split('; ') ?? [];
  return what === undefined ? stateText(row) : `${stateText(row)}: ${what}`;
}

/** On a terminal a table in place of the one before, elsewhere lines. */
function createShow(output: Output): (rows: readonly GpuReading[]) => void {
  const { screen } = output;
  let height = 0;
  return (rows) => {
    if (screen === undefined) {
      for (const row of rows) output.event(row, () => lineText(row));
      return;
    }
    // A line that the terminal wraps would count as two.
    const width = process.stdout.columns || 80;
    const lines = table(columns, rows)
      .split('\n')
      .map((line) =>
        Array.from(line)
          .slice(0, width - 1)
          .join(''),
      );
    screen.write(`${height > 0 ? `\u001b[${height}A\u001b[J` : ''}${lines.join('\n')}\n`);
    height = lines.length;
  };
}

function lineText(row: GpuReading): string {
  const cells = columns.slice(1).map(({ title, cell }) => `${title.toLowerCase()} ${cell(row)}`);
  return plain(`${row.at}  GPU ${row.uuid}  ${cells.join('  ')}`);
}
