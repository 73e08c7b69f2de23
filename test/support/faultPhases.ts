/** The phases of a run as an onlooker sees them, and whom a fault campaign kills in each. */
import type { GpuHost } from './gpuHost';
import { sentinelsOf } from './leaseHolders';

/** `host`: all processes of the host at once, as when its container is killed. */
export type Victim = 'worker' | 'trainer' | 'sentinel' | 'server' | 'host';

export interface Phase {
  readonly name: string;
  readonly victims: readonly Victim[];
  /** Whether a run that was started when the host looked like `before` has come so far. */
  reached(host: GpuHost, before: Sight): boolean;
  /** The blow falls at random within so long. */
  readonly lastsMs: number;
  /** A driver that takes its time makes short phases long enough to be met. */
  readonly slowDriver?: boolean;
  /** Trains a job whose profile is not known. */
  readonly profiles?: boolean;
}

export interface Sight {
  readonly sets: number;
  readonly began: number;
  readonly ended: number;
}

export function look(host: GpuHost): Sight {
  const count = (said: string) => host.log.filter(({ what }) => what === said).length;
  return { sets: host.nvml.sets().length, began: count('begin'), ended: count('end') };
}

const hasBegun = (host: GpuHost, before: Sight) => look(host).began > before.began;
const hasEnded = (host: GpuHost, before: Sight) => look(host).ended > before.ended;

export const phases: readonly Phase[] = [
  { name: 'claiming', victims: ['worker', 'server'], lastsMs: 150, reached: () => true },
  {
    name: 'leasing',
    victims: ['worker', 'sentinel', 'server'],
    lastsMs: 100,
    reached: (host) => sentinelsOf(host.leases).length > 0,
  },
  {
    name: 'setting',
    victims: ['worker', 'sentinel', 'server', 'host'],
    lastsMs: 150,
    slowDriver: true,
    reached: (host) => host.journals.length > 0,
  },
  {
    name: 'profiling',
    victims: ['worker', 'trainer', 'sentinel', 'server', 'host'],
    lastsMs: 2000,
    profiles: true,
    reached: hasBegun,
  },
  {
    name: 'training',
    victims: ['worker', 'trainer', 'sentinel', 'server', 'host'],
    lastsMs: 1500,
    reached: hasBegun,
  },
  {
    name: 'restoring',
    victims: ['worker', 'sentinel', 'server', 'host'],
    lastsMs: 150,
    slowDriver: true,
    reached: hasEnded,
  },
  {
    name: 'telling',
    victims: ['worker', 'server'],
    lastsMs: 30,
    reached: (host, before) => hasEnded(host, before) && host.journals.length === 0,
  },
];
