/** A run under way as its grid and its operator see it: how it is steered, and what it records of the grid. */
import { maxPowerWatts } from '../../policy/cost';
import type { GridRecord, LimitSpeed } from '../../policy/facts';
import type { Follower, Progress } from './follow';
import { holdLimit, type Steered } from './followRun';
import { type GridMoment, GridLog } from './gridLog';
import type { TrainInput } from './train';
import type { SteerableRun } from './underWay';

export interface SteeredRun {
  readonly steerable: SteerableRun;
  /** Undefined for a job that follows no grid, or on a host that knows none. */
  gridRecord(): GridRecord | undefined;
}

export function createSteeredRun({ decision, claim, spec }: TrainInput, steered: Steered): SteeredRun {
  const { follower } = steered;
  const { grid: view } = claim;
  const { grid } = decision;
  const momentOf = momentsFrom(follower, view?.at);
  const log =
    view === undefined || grid === undefined
      ? undefined
      : new GridLog(momentOf(), {
          eta: grid.kind === 'start' ? grid.eta : spec.objective.eta,
          perKwh: grid.signal,
          status: view.reading?.status ?? 'unknown',
        });
  return {
    steerable: {
      get limitProfile() {
        return follower.limitProfile;
      },
      get progress() {
        return follower.progress;
      },
      maxPowerWatts: maxPowerWatts(claim.gpus),
      pace: decision.pace,
      async hold(watts) {
        if (!follower.steer(watts)) return false;
        await holdLimit(steered, follower.progress);
        return follower.mayBeSet;
      },
      get orders() {
        return follower.ordered;
      },
      async obey(orders) {
        if (!follower.obey(orders)) return false;
        await holdLimit(steered, follower.progress);
        return follower.mayBeSet;
      },
      note: (terms) => log?.note(momentOf(), terms),
    },
    gridRecord() {
      if (log === undefined || view === undefined || grid === undefined) return undefined;
      const { provider, zone, kind, unit, factorType } = view;
      return {
        ...{ provider, zone, kind, unit, factorType },
        intervals: log.until(momentOf()),
        limits: follower.heldLimits,
        profile: follower.limitProfile.map(speedOf),
        priceFactor: grid.priceFactor,
      };
    },
  };
}

/** On simulated hardware the grid's time is not ours: the run begins when it was asked about, and its seconds count from there. */
function momentsFrom(follower: Follower, beganAt: string | undefined): () => GridMoment {
  const began = beganAt === undefined ? Date.now() : Date.parse(beganAt);
  return () => {
    const { seconds, joules }: Progress = follower.progress;
    return { at: new Date(began + seconds * 1000).toISOString(), seconds, joules, limits: follower.heldLimits };
  };
}

function speedOf({ powerLimitWatts, secondsPerEpoch, averageWatts }: LimitSpeed): LimitSpeed {
  return { powerLimitWatts, secondsPerEpoch, averageWatts };
}
