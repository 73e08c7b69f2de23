/**
 * A node without a container runtime: runs the pods that are bound to it as processes of this machine, serves their logs as a kubelet
 * does, and tells the API server how they end. A container's image is ignored; its command is what runs.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type Server, createServer } from 'node:https';
import type { ServerResponse } from 'node:http';
import { constants } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type * as kubernetes from '@kubernetes/client-node';
import { makeCertificates } from '../tlsProxy';

export interface NodeOptions {
  readonly name: string;
  readonly directory: string;
  readonly kubeconfig: string;
  readonly gpuUuids: readonly string[];
}

interface Started {
  readonly child: ChildProcess;
  readonly log: { readonly at: string; readonly text: string }[];
  readonly readers: Set<() => void>;
  readonly terminationLog: string;
  readonly followed: string;
  ended: boolean;
}

const terminationMessagePath = '/dev/termination-log';

export class TestNode {
  private readonly pods = new Map<string, Started>();
  private readonly stopped = new AbortController();
  private running: Promise<void> | undefined;
  private server: Server | undefined;
  private lastNanos = 0n;

  private constructor(
    private readonly options: NodeOptions,
    private readonly core: kubernetes.CoreV1Api,
    private readonly strategic: kubernetes.ConfigurationOptions,
  ) {}

  static async start(options: NodeOptions): Promise<TestNode> {
    const client = await import('@kubernetes/client-node');
    const config = new client.KubeConfig();
    config.loadFromFile(options.kubeconfig);
    const strategic = client.setHeaderOptions('Content-Type', client.PatchStrategy.StrategicMergePatch);
    const node = new TestNode(options, config.makeApiClient(client.CoreV1Api), strategic);
    mkdirSync(options.directory, { recursive: true });
    node.writeNvidiaSmi();
    await node.register(await node.serveLogs());
    node.running = node.keep();
    return node;
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.running;
    for (const { child } of this.pods.values()) if (child.exitCode === null) child.kill('SIGKILL');
    this.server?.closeAllConnections();
    this.server?.close();
  }

  /** Pretends that a container was killed by the kernel for its memory. */
  kill(pod: string, signal: NodeJS.Signals): void {
    this.pods.get(pod)?.child.kill(signal);
  }

  /** A file that is there once somebody reads the log of the pod. */
  private followed(pod: string): string {
    return join(this.options.directory, `${pod}.followed`);
  }

  private get path(): string {
    return join(this.options.directory, 'bin');
  }

  /** Sees what a container sees: the devices that the runtime let in. */
  private writeNvidiaSmi(): void {
    mkdirSync(this.path, { recursive: true });
    writeFileSync(join(this.path, 'nvidia-smi'), '#!/bin/sh\necho "$NVIDIA_VISIBLE_DEVICES" | tr , "\\n"\n', {
      mode: 0o755,
    });
  }

  private async register(port: number): Promise<void> {
    const { name, gpuUuids } = this.options;
    const capacity = { cpu: '8', memory: '16Gi', pods: '110', 'nvidia.com/gpu': String(gpuUuids.length) };
    await this.core.createNode({ body: { metadata: { name, labels: { 'kubernetes.io/hostname': name } } } });
    const status = {
      capacity,
      allocatable: capacity,
      conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady' }],
      addresses: [{ type: 'InternalIP', address: '127.0.0.1' }],
      daemonEndpoints: { kubeletEndpoint: { Port: port } },
    };
    await this.core.patchNodeStatus({ name, body: { status } }, this.strategic);
    // Set by the API server on every new node; taken off by a controller that does not run here.
    await this.core.patchNode({ name, body: { spec: { taints: [] } } }, this.strategic);
  }

  private async keep(): Promise<void> {
    const { name } = this.options;
    while (!this.stopped.signal.aborted) {
      try {
        const { items } = await this.core.listPodForAllNamespaces({ fieldSelector: `spec.nodeName=${name}` });
        for (const pod of items) await this.attend(pod);
      } catch (error) {
        if (!this.stopped.signal.aborted) console.error('test node:', error);
      }
      await sleep(100, undefined, { signal: this.stopped.signal }).catch(() => {});
    }
  }

  private async attend({ metadata, spec, status }: kubernetes.V1Pod): Promise<void> {
    const { name = '', namespace = '', deletionTimestamp } = metadata ?? {};
    const container = spec?.containers[0];
    const started = this.pods.get(name);
    if (deletionTimestamp !== undefined) {
      if (started !== undefined && !started.ended)
        return this.terminate(started, spec?.terminationGracePeriodSeconds ?? 30);
      await this.core.deleteNamespacedPod({ name, namespace, gracePeriodSeconds: 0 }).catch(() => {});
      return;
    }
    if (started !== undefined || container === undefined || status?.phase !== 'Pending') return;
    if (container.image === 'missing')
      return this.report(namespace, name, 'Pending', container.name, {
        waiting: { reason: 'ImagePullBackOff', message: 'Back-off pulling image "missing"' },
      });
    await this.launch(namespace, name, container);
  }

  private async launch(namespace: string, name: string, container: kubernetes.V1Container): Promise<void> {
    const terminationLog = join(this.options.directory, `${name}.termination`);
    const [program = '', ...args] = [...(container.command ?? []), ...(container.args ?? [])];
    const told = Object.fromEntries((container.env ?? []).map((each) => [each.name, each.value ?? '']));
    const replaced = Object.entries(told).map(([key, value]) => [
      key,
      value.replaceAll(terminationMessagePath, terminationLog),
    ]);
    const plugin =
      container.resources?.limits?.['nvidia.com/gpu'] === undefined
        ? {}
        : { NVIDIA_VISIBLE_DEVICES: this.options.gpuUuids.join(',') };
    const child = spawn(program, args, {
      env: {
        ...Object.fromEntries(replaced),
        ...plugin,
        TEST_FOLLOWED: this.followed(name),
        PATH: `${this.path}:${process.env['PATH'] ?? ''}`,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const started: Started = {
      child,
      log: [],
      readers: new Set(),
      terminationLog,
      followed: this.followed(name),
      ended: false,
    };
    this.pods.set(name, started);
    for (const stream of [child.stdout, child.stderr]) {
      let rest = '';
      stream?.on('data', (chunk: Buffer) => {
        const lines = (rest + chunk.toString()).split('\n');
        rest = lines.pop() ?? '';
        for (const text of lines) started.log.push({ at: this.instant(), text });
        for (const wake of started.readers) wake();
      });
    }
    child.once(
      'close',
      (code, signal) => void this.ended({ namespace, name, container: container.name }, started, code, signal),
    );
    child.once('error', () => {});
    await this.report(namespace, name, 'Running', container.name, { running: { startedAt: new Date().toISOString() } });
  }

  private async ended(
    { namespace, name, container }: { namespace: string; name: string; container: string },
    started: Started,
    code: number | null,
    signal: NodeJS.Signals | null,
  ): Promise<void> {
    const message = existsSync(started.terminationLog)
      ? readFileSync(started.terminationLog, 'utf8').slice(0, 4096)
      : '';
    const exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
    const now = new Date().toISOString();
    const terminated = {
      exitCode,
      reason: exitCode === 0 ? 'Completed' : 'Error',
      message,
      startedAt: now,
      finishedAt: now,
    };
    await this.report(namespace, name, exitCode === 0 ? 'Succeeded' : 'Failed', container, { terminated }).catch(
      () => {},
    );
    started.ended = true;
    for (const wake of started.readers) wake();
  }

  private terminate({ child }: Started, graceSeconds: number): void {
    if (child.killed) return;
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), graceSeconds * 1000).unref();
  }

  private async report(
    namespace: string,
    name: string,
    phase: string,
    container: string,
    state: object,
  ): Promise<void> {
    const ready = phase === 'Running';
    const containerStatuses = [{ name: container, image: '', imageID: '', ready, restartCount: 0, state }];
    const conditions = [{ type: 'Ready', status: ready ? 'True' : 'False' }];
    await this.core.patchNamespacedPodStatus(
      { name, namespace, body: { status: { phase, conditions, containerStatuses } } },
      this.strategic,
    );
  }

  private async serveLogs(): Promise<number> {
    const certificates = await makeCertificates(this.options.directory);
    const pem = (file: string) => readFileSync(certificates.path(file));
    this.server = createServer({ key: pem('server.key'), cert: pem('server.crt') }, (request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'https://node');
      const [, kind, , name = ''] = pathname.split('/');
      const started = this.pods.get(name);
      if (kind !== 'containerLogs' || started === undefined) return void response.writeHead(404).end();
      void this.sendLog(started, response, searchParams);
    });
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    const address = this.server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  private async sendLog(started: Started, response: ServerResponse, asked: URLSearchParams): Promise<void> {
    const since = asked.get('sinceTime');
    const sinceMs = since === null ? 0 : Math.floor(Date.parse(since) / 1000) * 1000;
    response.writeHead(200, { 'Content-Type': 'text/plain' });
    response.flushHeaders();
    if (asked.get('follow') === 'true') writeFileSync(started.followed, '');
    for (let from = 0; ;) {
      for (const { at, text } of started.log.slice(from))
        if (Date.parse(at) >= sinceMs) response.write(`${at} ${text}\n`);
      from = started.log.length;
      if (started.ended || asked.get('follow') !== 'true' || response.destroyed || this.stopped.signal.aborted) break;
      await new Promise<void>((wake) => {
        const goOn = () => {
          started.readers.delete(goOn);
          response.off('close', goOn);
          wake();
        };
        started.readers.add(goOn);
        response.once('close', goOn);
      });
    }
    response.end();
  }

  /** Nine digits, and never the same twice. */
  private instant(): string {
    const nanos = BigInt(Date.now()) * 1_000_000n;
    this.lastNanos = nanos > this.lastNanos ? nanos : this.lastNanos + 1n;
    const ms = Number(this.lastNanos / 1_000_000n);
    return new Date(ms)
      .toISOString()
      .replace(/\.\d{3}Z/, `.${String(this.lastNanos % 1_000_000_000n).padStart(9, '0')}Z`);
  }
}
