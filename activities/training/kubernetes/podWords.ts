/** What a pod says of its trainer: that it waits, runs, or how it ended. No I/O. */
import { constants } from 'node:os';
import { type Failure, failureFor } from '../exitOutcome';
import type { ContainerExit, Pod } from './cluster';

export type PodState =
  /** `hopeless`: waiting longer changes nothing. */
  | { readonly kind: 'waits'; readonly why: string; readonly hopeless: boolean }
  | { readonly kind: 'runs' }
  | { readonly kind: 'ended'; readonly exit: ContainerExit };

/** The kubelet will not get over these by itself. */
const hopeless = ['InvalidImageName', 'ErrImageNeverPull', 'CreateContainerConfigError', 'UnexpectedAdmissionError'];

export function stateOf(pod: Pod, container: string): PodState {
  const at = pod.containers.find(({ name }) => name === container);
  if (at?.kind === 'running') return { kind: 'runs' };
  if (at?.kind === 'ended') return { kind: 'ended', exit: at.exit };
  const waiting = at ?? pod.containers.find(({ kind }) => kind === 'waiting');
  const { reason = pod.reason, message = pod.message } = waiting?.kind === 'waiting' ? waiting : pod;
  const why = [reason, message].filter(Boolean).join(': ');
  return {
    kind: 'waits',
    why: why === '' ? 'it is not scheduled yet' : why,
    hopeless: hopeless.includes(reason ?? ''),
  };
}

/** `output` is the end of what it printed, `epoch` the last that it evaluated. */
export function failureOf(
  pod: Pod,
  exit: ContainerExit,
  { epoch, output }: { epoch: number; output: string },
): Failure {
  if (exit.reason === 'OOMKilled') {
    return { failure: 'outOfMemory', detail: `the trainer was killed for want of main memory; raise its memory limit` };
  }
  const found = failureFor({ code: exit.code, signal: signalOf(exit), epoch, stderr: output, stdout: '' });
  if (!pod.disrupted && pod.reason !== 'Evicted') return found;
  const why = [pod.reason, pod.message].filter(Boolean).join(': ');
  return { failure: 'preempted', detail: `pod ${pod.name} was evicted${why === '' ? '' : `: ${why}`}` };
}

function signalOf({ signal }: ContainerExit): NodeJS.Signals | null {
  const signals: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGKILL'];
  return signals.find((name) => constants.signals[name] === signal) ?? null;
}
