/** Notices that a trainer hangs. Counted in ticks of the event loop: a host that slept did not listen, which is not the trainer's fault. */
export class Silence {
  private readonly ticking: NodeJS.Timeout;
  private quietTicks = 0;

  constructor(seconds: number, onHung: () => void) {
    this.ticking = setInterval(
      () => {
        this.quietTicks += 1;
        if (this.quietTicks > ticksOfSilence) onHung();
      },
      (seconds * 1000) / ticksOfSilence,
    );
  }

  /** The trainer said something. */
  broken(): void {
    this.quietTicks = 0;
  }

  end(): void {
    clearInterval(this.ticking);
  }
}

const ticksOfSilence = 10;
