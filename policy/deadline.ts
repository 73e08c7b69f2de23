/**
 * The slow-down that no run may exceed: one value of progress for all that is left of the run, the least with which it still ends
 * in time. Asked again in every slot, it never ends late, since what it puts off it can still do at full speed.
 */
import { etaForValue, limitAt, type Weighing } from './gridWeight';

/** An equal stretch of the time left, and the signal expected in it; above 0. */
export interface SlotAhead {
  readonly seconds: number;
  readonly signal: number;
}

const bisections = 50;

/** η for the first of `slots`, which together are the time left. `workSeconds` is what is left to do, in seconds at full speed. */
export function etaForDeadline(run: Weighing, workSeconds: number, slots: readonly SlotAhead[]): number {
  const [first] = slots;
  const leftSeconds = slots.reduce((sum, { seconds }) => sum + seconds, 0);
  if (first === undefined || workSeconds >= leftSeconds) return 0;
  const fastest = run.profile.reduce((least, at) => Math.min(least, at.secondsPerEpoch), Infinity);
  const etaIn = (slot: SlotAhead, value: number) => etaForValue(run, value / slot.signal);
  const doneSeconds = (value: number) =>
    slots.reduce((sum, slot) => sum + (slot.seconds * fastest) / limitAt(run, etaIn(slot, value)).secondsPerEpoch, 0);
  if (doneSeconds(0) >= workSeconds) return 1;
  let low = 0;
  let high = valueOfFullSpeed(run) * Math.max(...slots.map(({ signal }) => signal));
  for (let step = 0; step < bisections; step++) {
    const middle = (low + high) / 2;
    if (doneSeconds(middle) >= workSeconds) high = middle;
    else low = middle;
  }
  return doneSeconds(high) >= workSeconds ? etaIn(first, high) : 0;
}

/** Joules an epoch must be worth, at least, for the fastest limit to be the best. */
function valueOfFullSpeed({ profile }: Weighing): number {
  const top = profile.reduce((best, at) => (at.secondsPerEpoch < best.secondsPerEpoch ? at : best));
  const epochsPerSecond = 1 / top.secondsPerEpoch;
  return profile.reduce((most, at) => {
    const slower = epochsPerSecond - 1 / at.secondsPerEpoch;
    return slower > 0 ? Math.max(most, (top.averageWatts - at.averageWatts) / slower) : most;
  }, 0);
}
