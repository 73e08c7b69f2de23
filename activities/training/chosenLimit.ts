/** The limit that a run holds once it is chosen: since when, its average speed and power under it, and under those before it. No I/O. */
import type { PowerMeasurement } from '../../policy/facts';
import { type Reading, measurementBetween } from '../gpu/reading';

export class ChosenLimit {
  /** The selectable limit that stands for the one in force. */
  private heldWatts: number | undefined;
  private since: Reading | undefined;
  private earlier: readonly PowerMeasurement[] = [];

  constructor(
    private readonly batchSize: number,
    private chosenWatts: number | undefined,
  ) {}

  /** Undefined until one is chosen. */
  get watts(): number | undefined {
    return this.chosenWatts;
  }

  /** Under what name the limit in force is measured. */
  get finalWatts(): number | undefined {
    return this.chosenWatts === undefined ? undefined : (this.heldWatts ?? this.chosenWatts);
  }

  choose(watts: number): void {
    this.chosenWatts = watts;
  }

  /** Another one from now on; what was held until the latest reading keeps its average. */
  change(watts: number, latest: Reading): void {
    if (watts === this.chosenWatts) return;
    const average = this.average(latest);
    if (average !== undefined) this.earlier = [...this.earlier, average];
    this.chosenWatts = watts;
    this.heldWatts = undefined;
    // Counted from the first report under it.
    this.since = undefined;
  }

  held(watts: number): void {
    this.heldWatts = watts;
  }

  /** The first reading under it, of those that come one after the other. */
  seen(reading: Reading): void {
    if (this.chosenWatts !== undefined) this.since ??= reading;
  }

  /** What came before this reading does not count, as when probes took their time. */
  restart(reading: Reading): void {
    this.since = reading;
  }

  average(now: Reading): PowerMeasurement | undefined {
    if (this.since === undefined || this.finalWatts === undefined) return undefined;
    const of = { batchSize: this.batchSize, powerLimitWatts: this.finalWatts, source: 'run' } as const;
    return measurementBetween(this.since, now, of);
  }

  /** By limit, the one in force last. */
  averages(now: Reading): readonly PowerMeasurement[] {
    const average = this.average(now);
    return average === undefined ? this.earlier : [...this.earlier, average];
  }
}
