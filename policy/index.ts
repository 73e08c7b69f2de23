/** The public face of `policy/`: the policies by name, and the pure functions that others build on. */
import { wattbandit } from './batchSize';
import { createZeus } from './batchSizeZeus';
import type { Policy } from './policy';

export { believe, createWattbandit, wattbandit } from './batchSize';
export { createZeus } from './batchSizeZeus';
export type { ZeusMemory } from './batchSizeZeus';
export type { Belief, Beliefs, Question } from './beliefs';
export { epochCostJoules, maxPowerWatts, zeusCostJoules } from './cost';
export { failureClasses, teachingFailures } from './facts';
export type { FailureClass, Gpus, Job, Objective, Observation, Outcome, PowerMeasurement } from './facts';
export { recordRun } from './learn';
export { recordMeasurements } from './memory';
export type { Memory } from './memory';
export { defaults, trustRegions } from './parameters';
export type { Parameters, TrustRegion, WattbanditOptions } from './parameters';
export type { Ask, Candidate, Decision, DecisionMode, Policy, ProbePlan } from './policy';
export { choosePowerLimit, leastCost, leastEnergy, leastTime, lowestWithinSlowdown } from './powerLimit';
export type { Pace, Selector } from './powerLimit';
export { nextProbe } from './probes';
export type { Probed, ProbeProgress } from './probes';
export { createRandom, seedFor } from './random';
export type { Random } from './random';

/** Policies by the name that a job's specification gives. Each keeps a memory of its own kind. */
export const policies: Readonly<Record<string, Policy<unknown>>> = { wattbandit, zeus: createZeus() };
