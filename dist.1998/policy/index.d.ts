/** The public face of `policy/`: the policies, and what it takes to ask them, to tell them and to write another. */
export { createWattbandit, wattbandit } from './batchSize';
export { createZeus } from './batchSizeZeus';
export type { ZeusMemory } from './batchSizeZeus';
export { believe } from './beliefs';
export type { Belief, Beliefs, Question } from './beliefs';
export { epochCostJoules, maxPowerWatts, zeusCostJoules } from './cost';
export { failureClasses, teachingFailures } from './facts';
export type { FailureClass, Gpus, Imported, Job, Objective, Observation, Outcome, PowerMeasurement } from './facts';
export type { Memory } from './memory';
export { defaults } from './parameters';
export type { Parameters, TrustRegion, WattbanditOptions } from './parameters';
export type { Ask, Candidate, Decision, DecisionMode, Policy, ProbePlan } from './policy';
export { choosePowerLimit, leastCost, leastEnergy, leastTime, lowestWithinSlowdown } from './powerLimit';
export type { Pace, Selector } from './powerLimit';
export { nextProbe } from './probes';
export type { Probed, ProbeProgress } from './probes';
export { createRandom, seedFor } from './random';
export type { Random } from './random';
//# sourceMappingURL=index.d.ts.map