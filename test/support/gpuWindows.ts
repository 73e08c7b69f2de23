/**
 * How exact windows are: pretended GPUs under waves of load, trained on by processes of their own and measured as a run is. The
 * truth is the pretended hardware's. Also what polling costs.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GpuDriver } from '../../activities/gpu/driver';
import { createInterpolatedCounter } from '../../activities/gpu/interpolatedCounter';
import { createMeter } from '../../activities/gpu/meter';
import { openNvml } from '../../activities/gpu/nvml';
import { windowRules } from '../../activities/gpu/profileWindow';
import { measurementBetween } from '../../activities/gpu/reading';
import { createProcessTrainer } from '../../activities/training/process';
import type { TrainingRun } from '../../activities/training/trainer';
import { jobSpec } from './job';
import { type NvmlHost, createNvmlHost, powerCurves } from './nvmlStub';

/** Of full speed, seconds; the last but one keeps step with the counter. */
const iterationSeconds = [0.087, 0.35, 0.2, 0.13];
const limitsWatts = [250, 225, 200, 175, 150, 125];
const register = path.join(__dirname, 'register.js');
const program = path.join(__dirname, '..', 'activities', 'trainers', 'waves.ts');

export interface WindowErrors {
  readonly windows: number;
  readonly energyErrorP95: number;
  readonly throughputErrorP95: number;
}

export interface WindowBench {
  readonly gpus?: number;
  readonly windowsPerGpu?: number;
  readonly windowSeconds?: number;
}

export async function measureWindowErrors({
  gpus = 8,
  windowsPerGpu = 6,
  windowSeconds = 5,
}: WindowBench = {}): Promise<WindowErrors> {
  const curves = Object.values(powerCurves);
  const host = createNvmlHost(Array.from({ length: gpus }, (_, i) => ({ curve: curves[i % curves.length]! })));
  const directory = mkdtempSync(path.join(tmpdir(), 'wattbandit-waves-'));
  try {
    const driver = await openNvml({ library: host.libraryPath });
    const bench = { host, driver, directory, windowSeconds };
    const each = await Promise.all(host.uuids.map((uuid, i) => errorsOn(bench, uuid, i, windowsPerGpu)));
    const errors = each.flat();
    const p95 = (of: (error: WindowError) => number) => quantile(errors.map(of), 0.95);
    return {
      windows: errors.length,
      energyErrorP95: p95(({ energy }) => energy),
      throughputErrorP95: p95(({ throughput }) => throughput),
    };
  } finally {
    host.remove();
    rmSync(directory, { recursive: true, force: true });
  }
}

interface Bench {
  readonly host: NvmlHost;
  readonly driver: GpuDriver;
  readonly directory: string;
  readonly windowSeconds: number;
}

interface WindowError {
  readonly energy: number;
  readonly throughput: number;
}

async function errorsOn(bench: Bench, uuid: string, index: number, windows: number): Promise<readonly WindowError[]> {
  const { host, driver, directory, windowSeconds } = bench;
  const iteration = iterationSeconds[index % iterationSeconds.length]!;
  const command = [process.execPath, '-r', register, program, host.directory, uuid, String(iteration)];
  const spec = jobSpec({ job: `waves-${index}`, trainer: { kind: 'process', command, grace: 0 } });
  const trainer = createProcessTrainer({ directory, gpus: driver });
  const run = await trainer.start({ id: 'slot/1', spec, batchSize: 1024, gpuUuids: [uuid] });
  const meter = await createMeter(driver, [uuid]);
  meter.watch(true);
  try {
    const boundaryAfter = listen(run, () => host.truth(uuid).joules);
    const errors: WindowError[] = [];
    for (let n = 0; n < windows; n++) {
      await driver.setPowerLimit(uuid, limitsWatts[n % limitsWatts.length]!);
      const start = await boundaryAfter(performance.now() / 1000 + windowRules.counter.settleSeconds);
      const before = { ...start, joules: await meter.joulesAt(start.seconds) };
      const end = await boundaryAfter(start.seconds + windowSeconds);
      const after = { ...end, joules: await meter.joulesAt(end.seconds) };
      const of = { batchSize: 1024, powerLimitWatts: 1, source: 'profile' } as const;
      const { secondsPerEpoch = NaN } = measurementBetween(before, after, of) ?? {};
      const trueSecondsPerEpoch = (1000 * iteration) / host.truth(uuid).throughput;
      errors.push({
        energy: Math.abs((after.joules - before.joules) / (end.trueJoules - start.trueJoules) - 1),
        throughput: Math.abs(trueSecondsPerEpoch / secondsPerEpoch - 1),
      });
    }
    return errors;
  } finally {
    meter.watch(false);
    await run.stop();
  }
}

interface Boundary {
  readonly epochs: number;
  /** Of `performance.now()`. */
  readonly seconds: number;
  readonly trueJoules: number;
}

/** Reads the truth the moment a report arrives; answers with the first report at or after a moment. */
function listen(run: TrainingRun, trueJoules: () => number): (seconds: number) => Promise<Boundary> {
  const boundaries: Boundary[] = [];
  let ended: string | undefined;
  const hear = async () => {
    for (;;) {
      const event = await run.next();
      if (event.kind === 'failed') return void (ended = event.detail);
      if (event.kind !== 'progress') continue;
      const seconds = (run.beganAtSeconds ?? NaN) + event.atSeconds;
      boundaries.push({ epochs: event.epochs, seconds, trueJoules: trueJoules() });
    }
  };
  void hear();
  return async (seconds) => {
    for (;;) {
      const found = boundaries.find((boundary) => boundary.seconds >= seconds);
      if (found !== undefined) return found;
      if (ended !== undefined) throw new Error(`the trainer ended: ${ended}`);
      await sleep(10);
    }
  };
}

/** What share of a core it takes to poll the counters of pretended GPUs. */
export async function measureSamplingShare({ gpus = 8, hertz = 10, seconds = 10 } = {}): Promise<number> {
  const host = createNvmlHost(Array.from({ length: gpus }, () => ({})));
  try {
    const driver = await openNvml({ library: host.libraryPath });
    for (const uuid of host.uuids) await driver.energyJoules(uuid);
    const idle = await busySeconds(seconds);
    const counters = host.uuids.map((uuid) =>
      createInterpolatedCounter(() => driver.energyJoules(uuid), { pollSeconds: 1 / hertz }),
    );
    const busy = await busySeconds(seconds);
    for (const counter of counters) counter.stop();
    return (busy - idle) / seconds;
  } finally {
    host.remove();
  }
}

async function busySeconds(seconds: number): Promise<number> {
  const before = process.cpuUsage();
  await sleep(seconds * 1000);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? NaN;
}
