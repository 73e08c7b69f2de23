import fc from 'fast-check';
import { manifestFor } from '../../activities/training/kubernetes/manifest';
import { runNameFor } from '../../activities/training/kubernetes/runName';
import { type Placement, kubernetesSettingsFor } from '../../activities/training/kubernetes/settings';
import { templateFor } from '../../activities/training/kubernetes/template';
import { jobSpec } from '../support/job';

const containers = [
  { name: 'sidecar', image: 'a' },
  { name: 'trainer', image: 'b', env: [{ name: 'LR', value: '1' }] },
];
const batchJob = (pod: object = {}, spec: object = {}, metadata: object = {}) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata,
  spec: { ...spec, template: { spec: { containers, ...pod } } },
});
const trainJob = (spec: object = {}) => ({
  apiVersion: 'trainer.kubeflow.org/v1alpha1',
  kind: 'TrainJob',
  spec: { runtimeRef: { name: 'torch' }, ...spec },
});
const placement: Placement = {
  node: 'gpu-7',
  gpus: 'visibleDevices',
  gpuResource: 'nvidia.com/gpu',
  runtimeClass: 'nvidia',
};

function make(template: unknown, section: object = {}, where: Placement = placement) {
  const spec = jobSpec({ lease: '2h', trainer: { kind: 'kubernetes', template, ...section } });
  const settings = kubernetesSettingsFor(spec);
  const request = { id: '2026-01-01T00:00:00Z/1', spec, batchSize: 64, gpuUuids: ['GPU-1', 'GPU-2'] };
  return manifestFor(templateFor(spec.job, settings.template), request, { settings, placement: where, holder: 'me' });
}

/** What of a pod's specification the tests look at. */
interface PodSpec {
  readonly containers: readonly { name: string; env?: { name: string; value: string }[]; resources?: unknown }[];
  readonly nodeSelector: object;
}
const podOf = (template: unknown, section?: object, where?: Placement) =>
  (make(template, section, where).spec as { template: { spec: PodSpec } }).template.spec;

describe('manifestFor', () => {
  it('pins a Job to the node, lets it run once, and gives one container the decision', () => {
    const manifest = make(batchJob(), { container: 'trainer', grace: '90s' });
    expect(manifest).toMatchObject({
      metadata: {
        name: expect.stringMatching(/^wb-cifar100-/),
        annotations: { 'wattbandit/run': 'cifar100/2026-01-01T00:00:00Z/1', 'wattbandit/holder': 'me' },
      },
      spec: {
        backoffLimit: 0,
        activeDeadlineSeconds: 7200,
        template: {
          spec: {
            restartPolicy: 'Never',
            runtimeClassName: 'nvidia',
            terminationGracePeriodSeconds: 90,
            nodeSelector: { 'kubernetes.io/hostname': 'gpu-7' },
          },
        },
      },
    });
    const [sidecar, trainer] = podOf(batchJob(), { container: 'trainer' }).containers;
    expect(sidecar).toEqual(containers[0]);
    expect(trainer!.env).toEqual(
      expect.arrayContaining([
        { name: 'LR', value: '1' },
        { name: 'WATTBANDIT_BATCH_SIZE', value: '64' },
        { name: 'NVIDIA_VISIBLE_DEVICES', value: 'GPU-1,GPU-2' },
      ]),
    );
    expect(trainer!.resources).toBeUndefined();
  });

  it('keeps what the template says besides', () => {
    const pod = podOf(batchJob({ nodeSelector: { disk: 'fast' }, runtimeClassName: 'mine', priorityClassName: 'low' }));
    expect(pod).toMatchObject({
      nodeSelector: { disk: 'fast', 'kubernetes.io/hostname': 'gpu-7' },
      runtimeClassName: 'mine',
      priorityClassName: 'low',
    });
  });

  it('asks the device plugin for the whole node where the worker gives whole nodes', () => {
    const [trainer] = podOf(batchJob(), {}, { ...placement, gpus: 'wholeNode', gpuResource: 'amd.com/gpu' }).containers;
    expect(trainer!.resources).toEqual({ limits: { 'amd.com/gpu': '2' } });
    expect(trainer!.env!.map(({ name }) => name)).not.toContain('NVIDIA_VISIBLE_DEVICES');
  });

  it('pins a TrainJob by an override, and leaves the runtime’s own overrides', () => {
    const own = { targetJobs: [{ name: 'node' }], serviceAccountName: 'x' };
    expect(make(trainJob({ podSpecOverrides: [own], trainer: { image: 'b' } })).spec).toMatchObject({
      trainer: { image: 'b', numNodes: 1, env: expect.arrayContaining([{ name: 'WATTBANDIT_REPORT_FD', value: '1' }]) },
      podSpecOverrides: [own, { targetJobs: [{ name: 'node' }], nodeSelector: { 'kubernetes.io/hostname': 'gpu-7' } }],
    });
  });

  it.each([
    [undefined, /trainer.template.*must be a Job of batch\/v1 or a TrainJob/],
    [{ kind: 'Pod' }, /must be a Job/],
    [batchJob({}, {}, { name: 'mine' }), /trainer.template.metadata.name: is given by wattbandit/],
    [batchJob({}, {}, { namespace: 'theirs' }), /metadata.namespace: is the worker’s/],
    [batchJob({ restartPolicy: 'OnFailure' }), /restartPolicy: must be Never/],
    [batchJob({ nodeName: 'gpu-8' }), /nodeName: is the node of the claimed GPUs/],
    [batchJob({}, { backoffLimit: 3 }), /backoffLimit: must be 0/],
    [batchJob({}, { parallelism: 2 }), /parallelism: must be 1: hosts are counted by gpus.hosts/],
    [batchJob({ containers: [] }), /containers/],
    [
      batchJob({ containers: [{ name: 'a', env: [{ name: 'WATTBANDIT_BATCH_SIZE', value: '1' }] }] }),
      /is set by wattbandit/,
    ],
    [
      batchJob({ containers: [{ name: 'a', env: [{ name: 'NVIDIA_VISIBLE_DEVICES', value: 'all' }] }] }),
      /is set by wattbandit/,
    ],
    [
      batchJob({ containers: [{ name: 'a', resources: { limits: { 'nvidia.com/gpu': 1 } } }] }),
      /container a .* asks for nvidia/,
    ],
    [trainJob({ trainer: { numNodes: 4 } }), /numNodes: must be 1/],
    [trainJob({ trainer: { resourcesPerNode: { limits: { 'nvidia.com/gpu': 1 } } } }), /container node .* asks for/],
  ])('refuses for good the template %#', (template, message) => {
    expect(() => make(template)).toThrow(message);
    expect(() => make(template)).toThrow(expect.objectContaining({ nonRetryable: true, type: 'InvalidRequest' }));
  });

  it('refuses a container that the template does not have', () => {
    expect(() => make(batchJob(), { container: 'x' })).toThrow(/no container x; mend trainer.container/);
  });
});

describe('runNameFor', () => {
  const nameOf = (job: string, id: string, rank = 0) =>
    runNameFor({ id, spec: jobSpec({ job }), node: { rank, hosts: [] } });

  it('is a DNS label with room for what controllers add, whatever the job is called', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/), fc.string(), (job, id) => {
        expect(nameOf(job, id)).toMatch(/^[a-z]([-a-z0-9]{0,41}[a-z0-9])?$/);
      }),
    );
  });

  it('tells runs, jobs that look alike, and hosts of a run apart, and is the same each time', () => {
    const names = [nameOf('a.b', 's/1'), nameOf('a-b', 's/1'), nameOf('a-b', 's/2'), nameOf('a-b', 's/2', 1)];
    expect(new Set(names).size).toBe(4);
    expect(nameOf('a.b', 's/1')).toBe(names[0]);
  });
});
