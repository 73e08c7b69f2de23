/** Configuration → adapters. The only place that switches on `kind`. */
import { hostname } from 'node:os';
import { createSource } from '../activities/carbon/sourceDescription';
import { findGpus, sayFound } from '../activities/gpu/auto';
import type { GpuDriver } from '../activities/gpu/driver';
import { type GpuHolder, holdByLease, holdInMemory } from '../activities/gpu/hold';
import { openLeaseDirectory } from '../activities/gpu/lease/directory';
import { type DriverDescription, createDriver } from '../activities/gpu/lease/driverDescription';
import { type Restored, isAlarming, sayRestored } from '../activities/gpu/lease/outcome';
import { recoverAll } from '../activities/gpu/lease/recover';
import type { Report } from '../activities/gpu/lease/withPowerLease';
import { type SimulatedGpus, createSimulatedGpus } from '../activities/gpu/simulated';
import type { Hardware } from '../activities/hardware';
import { createTrackingServer } from '../activities/mlflow/trackingServer';
import { createPipelinesTrainer } from '../activities/training/kubeflowPipelines/kubeflowPipelines';
import { createPipelinesServer } from '../activities/training/kubeflowPipelines/pipelinesServer';
import { createKubernetesTrainer } from '../activities/training/kubernetes/kubernetes';
import { openCluster } from '../activities/training/kubernetes/openCluster';
import { createAirflowTrainer } from '../activities/training/airflow/trainer';
import { createProcessTrainer, endOrphans } from '../activities/training/process';
import { createRunNotes } from '../activities/training/kubeflowPipelines/runNotes';
import { openReportDesk } from '../activities/training/reportDesk';
import { createSimulatedTrainer } from '../activities/training/simulated';
import type { Trainer } from '../activities/training/trainer';
import { loadTraces } from '../simulation/traces';
import type { GpusConfig, SimulatedConfig, TrainerConfig, WorkerConfig } from './config';
import { WattbanditError } from './errors';
import { packagedTraces } from './packaged';

export interface WorkerHardware extends Hardware {
  /** Puts right what dead workers left on this host: power limits, trainers. To be done before work is taken. */
  recover(): Promise<void>;
}

export type Say = (message: string, level: 'info' | 'warn') => void;

/**
 * @throws WattbanditError `invalid` for recordings that cannot be read or hold no job
 * @throws GpuError if no driver reaches a GPU
 */
export async function hardwareFor(
  { host, hardware, carbon, mlflow }: WorkerConfig,
  say: Say = () => {},
  restored: Report = () => {},
): Promise<WorkerHardware> {
  const named = {
    ...(host === undefined ? {} : { host }),
    ...(carbon === undefined ? {} : { grid: createSource(carbon) }),
    ...(mlflow === undefined ? {} : { tracking: createTrackingServer(mlflow) }),
  };
  switch (hardware.kind) {
    case 'simulated':
      return { ...named, gridTime: 'slot', ...simulatedHardware(hardware, restored), recover: async () => {} };
    case 'gpus':
      return { ...named, ...(await gpuHardware(hardware, { say, restored })) };
  }
}

function simulatedHardware({ gpu, traces, count, speed }: SimulatedConfig, restored: Report): Hardware {
  const worlds = loadTraces(traces ?? packagedTraces, gpu);
  const [first] = worlds;
  if (first === undefined) throw new WattbanditError('invalid', `Cannot simulate GPU ${gpu}: its traces hold no job.`);
  const limits = new Set(worlds.flatMap(({ gpus }) => gpus.powerLimitsWatts));
  const gpus = createSimulatedGpus({
    model: first.gpus.model,
    count,
    powerLimitsWatts: [...limits].sort((a, b) => a - b),
  });
  return { gpus, trainer: createSimulatedTrainer({ worlds, gpus, speed }), holder: holdInMemory(gpus, restored) };
}

/** Who is told what becomes of power limits: people, and those who count. */
interface Listeners {
  readonly say: Say;
  readonly restored: Report;
}

async function gpuHardware(config: GpusConfig, listeners: Listeners): Promise<WorkerHardware> {
  const { trainer, only } = config;
  const { driver, holder, draw, ...power } = await powerOf(config, listeners);
  const gpus = only === undefined ? driver : narrowed(driver, new Set(only));
  return {
    gpus,
    holder,
    trainer: await trainerFor(trainer, { gpus, draw, say: listeners.say }),
    async recover() {
      // First whoever may still compute under a limit, then the limit.
      if (trainer.kind === 'process') await endOrphans(trainer.directory);
      await power.recover();
    },
  };
}

async function trainerFor(config: TrainerConfig, { gpus, draw, say }: Trained): Promise<Trainer> {
  const warn = (words: string) => say(words, 'warn');
  switch (config.kind) {
    case 'process':
      return createProcessTrainer({ ...config, gpus });
    case 'airflow': {
      const { hostnames = [hostname()] } = config;
      const place =
        draw === undefined ? ({ kind: 'here', hostnames } as const) : ({ kind: 'elsewhere', draw } as const);
      return createAirflowTrainer({ server: config, place });
    }
    case 'kubernetes': {
      const placement = { ...config, node: nodeOf(config) };
      const { template } = config;
      return createKubernetesTrainer({ cluster: await openCluster(config), gpus, placement, template, say: warn });
    }
    case 'kubeflowPipelines': {
      const node = nodeOf(config);
      const notes = createRunNotes(config.directory);
      const desk = await openReportDesk({ ...config.reports, awaited: await notes.tokens() });
      return createPipelinesTrainer({ server: createPipelinesServer(config), desk, notes, gpus, node, say: warn });
    }
  }
}

/** @throws WattbanditError `invalid` if nobody says so */
function nodeOf({ node = process.env['NODE_NAME'] }: { readonly node?: string | undefined }): string {
  if (node !== undefined) return node;
  throw new WattbanditError(
    'invalid',
    'Cannot tell on which node this worker runs: set NODE_NAME for it, or hardware.trainer.node in its configuration.',
  );
}

/** What is trained on, and who is told of trouble. */
interface Trained {
  readonly gpus: GpuDriver;
  /** Where somebody else has to say what it draws. */
  readonly draw: SimulatedGpus['draw'] | undefined;
  readonly say: Say;
}

interface Power {
  readonly driver: GpuDriver;
  readonly holder: GpuHolder;
  readonly draw?: SimulatedGpus['draw'];
  recover(): Promise<void>;
}

async function powerOf(config: GpusConfig, { say, restored }: Listeners): Promise<Power> {
  if (config.driver.kind === 'simulated') {
    const driver = createSimulatedGpus(config.driver);
    return { driver, holder: holdInMemory(driver, restored), recover: async () => {} };
  }
  if (config.driver.kind === 'elsewhere') {
    const { model, count, powerLimitWatts } = config.driver;
    const driver = createSimulatedGpus({ model, count, powerLimitsWatts: [powerLimitWatts] });
    const draw: SimulatedGpus['draw'] = (uuid, joules) => driver.draw(uuid, joules);
    return { driver, draw, holder: holdInMemory(driver), recover: async () => {} };
  }
  const { driver, description } = await openDriver(config, say);
  const directory = await openLeaseDirectory(config.leases);
  const report = (outcomes: readonly Restored[]) => {
    for (const outcome of outcomes) say(sayRestored(outcome), isAlarming(outcome) ? 'warn' : 'info');
    restored(outcomes);
  };
  const holder = holdByLease(driver, {
    directory,
    site: config.limits,
    sentinel: { driver: description, hungAfterSeconds: config.hungAfterSeconds },
    report,
  });
  return { driver, holder, recover: async () => report(await recoverAll(directory, driver)) };
}

interface Opened {
  readonly driver: GpuDriver;
  /** For the sentinel, which has to open the same one. */
  readonly description: DriverDescription;
}

async function openDriver({ driver: wanted, limits: site }: GpusConfig, say: Say): Promise<Opened> {
  if (wanted.kind === 'simulated' || wanted.kind === 'elsewhere') throw new Error(`${wanted.kind} GPUs have no driver`);
  if (wanted.kind !== 'auto') return { driver: await createDriver(wanted, { site }), description: wanted };
  const found = await findGpus({ site });
  say(sayFound(found), 'info');
  return { driver: found.driver, description: { kind: found.kind } };
}

/** The same driver, with these GPUs alone. */
function narrowed(driver: GpuDriver, uuids: ReadonlySet<string>): GpuDriver {
  return { ...driver, list: async () => (await driver.list()).filter(({ uuid }) => uuids.has(uuid)) };
}
