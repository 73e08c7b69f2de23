/** `job describe --watch`: a job as time goes by, on a terminal in place of what was shown before, elsewhere as JSON Lines. */
import { setTimeout as sleep } from 'node:timers/promises';
import { withJobs } from './connection';
import { exitCodes, failureOf } from './failures';
import { interruption } from './interruption';
import { type JobDescription, descriptionOf, descriptionText } from './jobDescription';
import type { Output } from './output';
import type { Session } from './session';

const everyMilliseconds = 2000;

/** Until it is interrupted. A server that is away later than at the first look is waited for. */
export async function watchJob(session: Session, job: string) {
  const { output } = session;
  const signal = interruption();
  const look = () => withJobs(session, (jobs) => descriptionOf(jobs, job));
  show(output, await look());
  while (!signal.aborted) {
    await sleep(everyMilliseconds, undefined, { signal }).catch(() => {});
    if (signal.aborted) break;
    try {
      show(output, await look());
    } catch (error) {
      const { code, message } = failureOf(error);
      if (code !== exitCodes.unavailable && code !== exitCodes.timedOut) throw error;
      output.complain(message);
    }
  }
  return signal.reason === 'SIGINT' ? exitCodes.interrupted : exitCodes.done;
}

/** A line that is too long would take two, and push the first one out above. Each picture leaves the terminal as it was. */
const noWrap = '\u001b[?7l';
const wrap = '\u001b[?7h';

function show(output: Output, description: JobDescription): void {
  const { screen, style } = output;
  if (screen === undefined) return output.line({ at: new Date().toISOString(), ...description });
  // What a terminal has no room for would scroll away above, where the facts are.
  const lines = descriptionText(description, style)
    .split('\n')
    .slice(0, (process.stdout.rows || 24) - 1);
  screen.write(`${noWrap}\u001b[2J\u001b[H${lines.join('\n')}\n${wrap}`);
}
