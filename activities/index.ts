/** The activities of a worker with this hardware, by where they run. Without a part of it, those that need it are left out. */
import { hostname } from 'node:os';
import { createBanditActivities } from './bandit';
import { createGridWatch } from './carbon/gridWatch';
import { createSteerActivities } from './carbon/steer';
import { createDecideActivities } from './decide';
import { createClaimActivities } from './gpu/claim';
import { holdByLease } from './gpu/hold';
import { type GpuPool, createGpuPool } from './gpu/pool';
import type { Hardware } from './hardware';
import { countedDecisions } from './metrics/decisions';
import { reportedSteering, reportedWatch } from './metrics/grid';
import { countedRestores, reportedHolder } from './metrics/limits';
import { Metrics } from './metrics/metrics';
import { meteredRuns } from './metrics/runs';
import { createPublishActivities } from './mlflow/publish';
import { createAccompanyActivities } from './training/accompany';
import { createObeyActivities } from './training/obey';
import { createTrainActivities } from './training/train';
import { type OverrideRules, createVerifyActivities } from './verifyOverride';
import { RunsUnderWay } from './training/underWay';

/** On a worker beside the workflows. */
export function createPolicyActivities(rules?: OverrideRules, metrics = new Metrics()) {
  const decisions = { ...createDecideActivities(), ...createBanditActivities() };
  return { ...countedDecisions(decisions, metrics), ...createVerifyActivities(rules) };
}

export interface HostActivities {
  readonly host: string;
  readonly pool: GpuPool;
  /** For whichever host has free GPUs. */
  readonly claims: object;
  /** For this host alone. */
  readonly runs: object;
  /** Whether runs here can be steered by the grid while they train. */
  readonly followsGrid: boolean;
}

export function createHostActivities(hardware: Hardware, metrics = new Metrics()): HostActivities {
  const { gpus, trainer, grid, gridTime, tracking, host = process.env['WATTBANDIT_HOST'] ?? hostname() } = hardware;
  const own = hardware.holder ?? holdByLease(gpus, { report: countedRestores(metrics) });
  const holder = reportedHolder(own, gpus, metrics);
  const pool = createGpuPool(gpus, holder);
  const underWay = new RunsUnderWay();
  const steers = gridTime !== 'slot';
  const watch = grid === undefined ? undefined : reportedWatch(createGridWatch(grid, { steers }), metrics);
  const viewGrid = watch && ((slot?: string) => watch.view(steers || slot === undefined ? undefined : new Date(slot)));
  const trains = { gpus, trainer, holder, pool, underWay };
  return {
    host,
    pool,
    claims: createClaimActivities({ pool, host, viewGrid, publishes: tracking !== undefined }),
    runs: {
      ...meteredRuns(createTrainActivities(trains), metrics),
      ...createAccompanyActivities(trains),
      ...reportedSteering(createSteerActivities({ watch, underWay }), metrics),
      ...createObeyActivities({ underWay }),
      ...createPublishActivities(tracking),
    },
    followsGrid: watch !== undefined && steers,
  };
}
