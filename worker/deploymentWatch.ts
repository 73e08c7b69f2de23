/** What a versioned worker says of its deployment, and does for it, while it runs. */
import { type Deployed, commandForCurrent, isCurrent, nameOf } from './deployment';
import type { Say } from './hardware';
import { type ServedQueue, moveStranded } from './stranded';

export interface Attended extends ServedQueue {
  readonly say: Say | undefined;
}

const lookEveryMs = 60_000;

/** Nothing that goes wrong here is worth a run: it is said, and tried again. */
export async function whileAttended(deployed: Attended, running: Promise<void>): Promise<void> {
  const { say } = deployed;
  const warned = (work: Promise<void>) =>
    work.catch((error: unknown) => say?.(`Cannot look after ${nameOf(deployed.version)}: ${String(error)}`, 'warn'));
  const look = () => void warned(lookAfter(deployed));
  void warned(introduce(deployed, say));
  const looking = setInterval(look, lookEveryMs);
  try {
    await running;
  } finally {
    clearInterval(looking);
  }
}

async function introduce(deployed: Deployed, say: Say | undefined): Promise<void> {
  const name = nameOf(deployed.version);
  if (await isCurrent(deployed)) say?.(`Version ${name} is current.`, 'info');
  else say?.(`Version ${name} is not current, and gets no new runs. ${howTo(deployed)}`, 'warn');
}

const howTo = ({ version, namespace }: Deployed) =>
  `To make it so: ${commandForCurrent(version)}${namespace === 'default' ? '' : ` --namespace ${namespace}`}`;

async function lookAfter({ say, ...queue }: Attended): Promise<void> {
  const moved = await moveStranded(queue);
  if (moved > 0) say?.(`${moved} runs of versions that nobody serves any more go on with the current one.`, 'warn');
}
