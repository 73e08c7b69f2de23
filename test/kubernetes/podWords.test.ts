import type { ContainerExit, Pod } from '../../activities/training/kubernetes/cluster';
import { failureOf, stateOf } from '../../activities/training/kubernetes/podWords';

const pod = (changes: Partial<Pod> = {}): Pod => ({
  name: 'p',
  ending: false,
  disrupted: false,
  containers: [],
  ...changes,
});
const said = { epoch: 0, output: '' };

describe('stateOf', () => {
  it('says why a pod waits, and whether that is in vain', () => {
    const waiting = (reason: string) => [{ name: 'c', kind: 'waiting' as const, reason, message: 'm' }];
    expect(stateOf(pod({ containers: waiting('ImagePullBackOff') }), 'c')).toEqual({
      kind: 'waits',
      why: 'ImagePullBackOff: m',
      hopeless: false,
    });
    expect(stateOf(pod({ containers: waiting('InvalidImageName') }), 'c')).toMatchObject({ hopeless: true });
    expect(stateOf(pod({ reason: 'Unschedulable', message: 'no node' }), 'c')).toMatchObject({
      why: 'Unschedulable: no node',
    });
    expect(stateOf(pod(), 'c')).toMatchObject({ why: 'it is not scheduled yet' });
  });

  it('goes by the container that trains', () => {
    const containers = [
      { name: 'sidecar', kind: 'ended' as const, exit: { code: 0 } },
      { name: 'c', kind: 'running' as const },
    ];
    expect(stateOf(pod({ containers }), 'c')).toEqual({ kind: 'runs' });
  });
});

describe('failureOf', () => {
  it.each<[ContainerExit, Partial<Pod>, string, RegExp]>([
    [{ code: 137, reason: 'OOMKilled' }, {}, 'outOfMemory', /main memory; raise its memory limit/],
    [{ code: 137 }, {}, 'preempted', /SIGKILL/],
    [
      { code: 143 },
      { reason: 'Evicted', message: 'node was low on disk' },
      'preempted',
      /evicted: Evicted: node was low/,
    ],
    [{ code: 1 }, { disrupted: true }, 'preempted', /pod p was evicted/],
    [{ code: 1 }, {}, 'infrastructure', /exited with code 1/],
    [{ code: 0, signal: 15 }, {}, 'infrastructure', /without reporting an epoch/],
  ])('tells %j of %j as %s', (exit, changes, failure, detail) => {
    const found = failureOf(pod(changes), exit, said);
    expect(found.failure).toBe(failure);
    expect(found.detail).toMatch(detail);
  });
});
