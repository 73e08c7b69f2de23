/** Who plays: policies behind one face, each with the charging of its environment, and the fixed choices around them. */
import { createWattbandit } from '../policy';
import { createZeus } from '../policy/batchSizeZeus';
import type { Observation } from '../policy/facts';
import type { Ask, Decision, Policy } from '../policy/policy';
import type { Random } from '../policy/random';
import type { Charging } from './charging';
import { SimulationError } from './error';
import { createGridSearch } from './gridSearch';
import { oracle } from './references';
import { windowCharging } from './windowCharging';
import type { World } from './world';
import { zeusCharging } from './zeusCharging';

export interface Contender {
  readonly name: string;
  readonly charging: Charging;
  begin(world: World): Player;
}

/** One policy with its memory of one job. */
export interface Player {
  /** `world` is where the run will be, for players that know more than a policy may. */
  decide(ask: Ask, random: Random, world: World): Decision;
  observe(observation: Observation): void;
}

export function contend<Memory>(policy: Policy<Memory>, charging: Charging, name = policy.name): Contender {
  return {
    name,
    charging,
    begin: ({ job }) => {
      let memory = policy.begin(job);
      return {
        decide: (ask, random) => policy.decide(memory, ask, random),
        observe: (observation) => {
          memory = policy.observe(memory, observation, job);
        },
      };
    },
  };
}

/** By name; `beta`, where a policy has one, is when it stops a run: at so many times the cost of the best one. */
const contenders = {
  zeus: (beta?: number) => contend(createZeus({ ...(beta && { beta }) }), zeusCharging),
  wattbandit: (beta?: number) => contend(createWattbandit({ parameters: { ...(beta && { beta }) } }), windowCharging),
  'grid-search': (beta = Infinity) => createGridSearch('grid-search', beta),
  oracle: () =>
    fixed('oracle', (ask, world) => {
      const { batchSize, powerLimitWatts } = oracle(world, ask.objective.eta, ask.pinnedBatchSize);
      return { batchSize, powerLimitWatts };
    }),
  default: () =>
    fixed('default', ({ job, gpus, pinnedBatchSize }) => ({
      batchSize: pinnedBatchSize ?? job.defaultBatchSize,
      powerLimitWatts: Math.max(...gpus.powerLimitsWatts),
    })),
} as const satisfies Record<string, (beta?: number) => Contender>;

export const contenderNames = ['zeus', 'wattbandit', 'grid-search', 'oracle', 'default'] as const;
export type ContenderName = (typeof contenderNames)[number];

/** Those that stop runs by a factor β. */
export const stoppers: readonly ContenderName[] = ['zeus', 'wattbandit', 'grid-search'];

export function contenderFor(name: ContenderName, beta?: number): Contender {
  return contenders[name](beta);
}

export function contenderNamed(name: string): Contender {
  const known = contenderNames.find((one) => one === name);
  if (known !== undefined) return contenderFor(known);
  throw new SimulationError(`Cannot simulate the policy ${name}: there are ${contenderNames.join(', ')}.`);
}

type Choose = (ask: Ask, world: World) => Pick<Decision, 'batchSize' | 'powerLimitWatts'>;

/** Needs no memory, knows no ceiling. */
function fixed(name: string, choose: Choose): Contender {
  const decide = (ask: Ask, world: World): Decision => ({
    id: ask.id,
    policy: name,
    ...choose(ask, world),
    pace: { kind: 'free' },
    costCeilingJoules: null,
    mode: 'exploit',
    objective: ask.objective,
    probes: null,
    reason: `Always the ${name}.`,
    incumbent: null,
    considered: [],
  });
  return {
    name,
    charging: windowCharging,
    begin: () => ({ decide: (ask, _, world) => decide(ask, world), observe: () => {} }),
  };
}
