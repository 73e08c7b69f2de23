/**
 * Joules where no counter tells them: power, sampled and summed. It cannot see what happens between two samples, so its errors
 * are several times a counter's, and large where the load's rhythm is near the sampling's.
 */

export interface IntegratedEnergy {
  /** Since the first call. */
  joules(): Promise<number>;
}

export interface IntegrationOptions {
  readonly everySeconds?: number;
  readonly nowSeconds?: () => number;
}

interface Sample {
  readonly atSeconds: number;
  readonly watts: number;
}

/** Samples from the first call to the end of the process, which it does not hold up. */
export function createIntegratedEnergy(
  readWatts: () => Promise<number>,
  { everySeconds = 0.05, nowSeconds = () => performance.now() / 1000 }: IntegrationOptions = {},
): IntegratedEnergy {
  let last: Sample | undefined;
  let joules = 0;

  const sample = async () => {
    const watts = await readWatts();
    const atSeconds = nowSeconds();
    if (last !== undefined && atSeconds > last.atSeconds) {
      joules += ((last.watts + watts) / 2) * (atSeconds - last.atSeconds);
    }
    last = { atSeconds, watts };
  };
  // A failed sample is not lost: the next one spans the gap.
  const start = () => setInterval(() => void sample().catch(() => undefined), everySeconds * 1000).unref();
  let timer: NodeJS.Timeout | undefined;

  return {
    async joules() {
      timer ??= start();
      await sample();
      return joules;
    },
  };
}
