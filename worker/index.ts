/** The public API: the plugin, the job client, the ports and the words they use. */
export { WattbanditPlugin, type WattbanditPluginOptions } from './plugin';
export { JobClient, type JobClientOptions, type JobSummary, defaultTaskQueue } from './client';
export { WattbanditError, type Remedy } from './errors';
export { type WorkerConfig, workerConfigSchema } from './config';
export { type WorkerHardware, hardwareFor } from './hardware';
export { type RunOptions, runWorker } from './run';
export { telemetryFor } from './telemetry';
export { Metrics } from '../activities/metrics/metrics';
export { type EncryptionConfig, encryptionSchema, readEncryptionFile } from './encryption/config';
export { dataConverterFor, failureConverterPath } from './encryption/dataConverter';
export {
  type TokenVerifier,
  type TokenVerifierOptions,
  type Verdict,
  createTokenVerifier,
} from '../activities/overrideToken';
export { sealToken } from '../activities/sealedToken';
export { type JobSpec, type JobSpecInput, jobSpecSchema } from '../workflows/contracts';
export type { ImportAnswer } from '../workflows/messages';
export type { Facts, Ledger, RecurrenceInput, RecurrenceResult, Slot, SlotState, Totals } from '../workflows/messages';
export type { Gpu, GpuDriver } from '../activities/gpu/driver';
export type { CarbonReading, PriceReading, Reading, Source, SourceFacts } from '../activities/carbon/source';
export { type SourceDescription, createSource, sourceDescriptionSchema } from '../activities/carbon/sourceDescription';
export { type CachedSource, createCached } from '../activities/carbon/cached';
export { SourceError } from '../activities/carbon/error';
export type { Probe, RunRequest, Trainer, TrainingEvent, TrainingRun } from '../activities/training/trainer';
export type { Hardware } from '../activities/hardware';
export { type GpuHolder, holdByLease, holdInMemory } from '../activities/gpu/hold';
export { createSimulatedGpus, type SimulatedGpus } from '../activities/gpu/simulated';
export { createSimulatedTrainer, type SimulatedTrainerOptions } from '../activities/training/simulated';
