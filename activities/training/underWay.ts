/** The runs that train in this process, for those who steer them meanwhile: the carbon timer, an operator. */
import type { PowerMeasurement } from '../../policy/facts';
import type { Progress } from './follow';

export interface SteerableRun {
  /** Of the running batch size; empty until its limits are all measured. */
  readonly limitProfile: readonly PowerMeasurement[];
  readonly progress: Progress;
  /** Sets another limit, in watts, at once. False where it may not be: a profile and an administrator come first. */
  hold(watts: number): Promise<boolean>;
}

export class RunsUnderWay {
  private readonly runs = new Map<string, SteerableRun>();

  find(key: string): SteerableRun | undefined {
    return this.runs.get(key);
  }

  async during<T>(key: string, run: SteerableRun, work: () => Promise<T>): Promise<T> {
    this.runs.set(key, run);
    try {
      return await work();
    } finally {
      this.runs.delete(key);
    }
  }
}
