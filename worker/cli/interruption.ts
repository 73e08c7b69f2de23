/** Ctrl-C and its like, for commands that have something to put in order first. */
import { exitCodes } from './failures';

/** Aborted by the first signal, whose name is the reason; a second one ends the process at once. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  abortInTurn([controller]);
  return controller.signal;
}

export interface PatientInterruption {
  readonly first: AbortSignal;
  /** Says to hurry; a third signal ends the process at once. */
  readonly second: AbortSignal;
}

/** For what may take long to put in order. */
export function patientInterruption(): PatientInterruption {
  const [first, second] = [new AbortController(), new AbortController()];
  abortInTurn([first, second]);
  return { first: first.signal, second: second.signal };
}

function abortInTurn(controllers: readonly AbortController[]): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      const next = controllers.find((controller) => !controller.signal.aborted);
      if (next === undefined) process.exit(exitCodes.interrupted);
      next.abort(signal);
    });
  }
}

/** Keeps the process alive until then. */
export async function untilAborted(signal: AbortSignal): Promise<void> {
  const alive = setInterval(() => {}, 60_000);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  clearInterval(alive);
}
