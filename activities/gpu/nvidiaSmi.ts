/**
 * NVIDIA GPUs by the program `nvidia-smi`, for hosts where NVML cannot be loaded. It exits with 0 after warnings, so a set is
 * worth only what is read back. It has no energy counter: power is sampled, at the price of a process each time.
 */
import { type Board, type BoardOptions, createBoardDriver } from './boards';
import { GpuError } from './error';
import { createIntegratedEnergy } from './integratedEnergy';
import { onOrOff, runNvidiaSmi, wattsIn } from './nvidiaSmiProgram';
import { type GpuReport, type PowerLimits, type ReportingGpuDriver, unreadable, unusableBecause } from './report';

export interface NvidiaSmiOptions extends BoardOptions {
  readonly program?: string;
  /** Without persistence each call starts the driver first, which takes seconds. */
  readonly timeoutSeconds?: number;
  readonly sampleSeconds?: number;
}

const fields = [
  'uuid',
  'name',
  'power.min_limit',
  'power.max_limit',
  'power.limit',
  'power.default_limit',
  'enforced.power.limit',
  'persistence_mode',
  'mig.mode.current',
] as const;

export function createNvidiaSmi({
  program = 'nvidia-smi',
  timeoutSeconds = 30,
  sampleSeconds = 1,
  ...options
}: NvidiaSmiOptions = {}): ReportingGpuDriver {
  const run = (...args: readonly string[]) => runNvidiaSmi({ program, timeoutSeconds }, args);
  const boards = new Map<string, Board>();
  return createBoardDriver(async () => {
    const out = await run(...query(['uuid']));
    for (const [uuid = ''] of cellsOf(out)) {
      if (!boards.has(uuid)) boards.set(uuid, createBoard(uuid, run, sampleSeconds));
    }
    return [...boards.values()];
  }, options);
}

type Run = (...args: readonly string[]) => Promise<string>;

function createBoard(uuid: string, run: Run, sampleSeconds: number): Board {
  const ask = async (...names: readonly string[]) => cellsOf(await run('-i', uuid, ...query(names)))[0] ?? [];
  const watts = async (field: string) => {
    const [cell = ''] = await ask(field);
    const value = wattsIn(cell);
    if (value === undefined) throw new GpuError('unsupported', `it does not tell its ${field}; leave this GPU out`);
    return value;
  };
  const energy = createIntegratedEnergy(() => watts('power.draw'), { everySeconds: sampleSeconds });
  const limits = async () => limitsFor(await ask(...fields));

  return {
    uuid,
    describe: async () => {
      try {
        return reportFor(uuid, await ask(...fields));
      } catch (error) {
        return unreadable(uuid, error);
      }
    },
    range: limits,
    limitWatts: () => watts('power.limit'),
    async setLimitWatts(limit) {
      const said = await run('-i', uuid, '-pl', limit.toFixed(2));
      // Its exit code is 0 then.
      if (said.includes('is not supported'))
        throw new GpuError('unsupported', 'it has no settable power limit; leave this GPU out');
    },
    energyJoules: () => energy.joules(),
    async condition() {
      const [enforced = '', celsius = ''] = await ask('enforced.power.limit', 'temperature.gpu');
      return { enforcedWatts: wattsIn(enforced), temperatureCelsius: wattsIn(celsius) };
    },
  };
}

function query(names: readonly string[]): readonly string[] {
  return [`--query-gpu=${names.join(',')}`, '--format=csv,noheader,nounits'];
}

function cellsOf(out: string): readonly (readonly string[])[] {
  return out.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.split(', ')]));
}

function reportFor(uuid: string, cells: readonly string[]): GpuReport {
  const [, model = '', , , , , , persistence = '', migMode = ''] = cells;
  const limits = limitsFor(cells);
  const mig = onOrOff(migMode);
  const unusable = unusableBecause({ uuid, limits, mig });
  return { uuid, model, limits, energy: 'integrated', persistence: onOrOff(persistence), mig, unusable };
}

function limitsFor([, , min = '', max = '', now = '', normal = '', enforced = '']: readonly string[]):
  PowerLimits | undefined {
  const [minWatts, maxWatts, currentWatts] = [wattsIn(min), wattsIn(max), wattsIn(now)];
  if (minWatts === undefined || maxWatts === undefined || currentWatts === undefined) return undefined;
  return { minWatts, maxWatts, currentWatts, defaultWatts: wattsIn(normal), enforcedWatts: wattsIn(enforced) };
}
