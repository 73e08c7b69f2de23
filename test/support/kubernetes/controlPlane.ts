/** A real control plane for one suite: etcd, API server, controllers and scheduler, on loopback, gone with the suite. */
import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';

export interface ControlPlane {
  readonly directory: string;
  /** Of somebody who may do everything. */
  readonly kubeconfig: string;
  /** Of the service account that examples/kubernetes gives to workers. */
  readonly workerKubeconfig: string;
  /** Takes a manifest as it is written; a field that the API server does not know is an error. */
  create(manifest: TestManifest): Promise<void>;
  stop(): Promise<void>;
}

export interface TestManifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

const adminToken = 'admin';
const workerToken = 'worker';
/** As examples/kubernetes names it. */
const workerUser = 'system:serviceaccount:wattbandit:wattbandit';
const controllers = ['job-controller', 'garbage-collector-controller', 'ttl-after-finished-controller'];

export async function startControlPlane(programs: string): Promise<ControlPlane> {
  const directory = mkdtempSync(join(tmpdir(), 'wattbandit-kubernetes-'));
  const path = (name: string) => join(directory, name);
  const children: ChildProcess[] = [];
  const run = (name: string, args: readonly string[]) => {
    const child = spawn(join(programs, name), args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const log = createWriteStream(path(`${name}.log`));
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    children.push(child);
  };
  const stop = async () => {
    for (const child of children.toReversed()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const exited = once(child, 'exit');
      child.kill(child === children[0] ? 'SIGKILL' : 'SIGTERM');
      await exited;
    }
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    const [etcd, peer, api, manager, scheduler] = await freePorts(5);
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    writeFileSync(path('accounts.pub'), publicKey.export({ type: 'spki', format: 'pem' }));
    writeFileSync(path('accounts.key'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const tokens = [`${adminToken},admin,1,system:masters`, `${workerToken},${workerUser},2,system:authenticated`];
    writeFileSync(path('tokens.csv'), tokens.join('\n'));
    const etcdUrl = `http://127.0.0.1:${etcd}`;
    const peerUrl = `http://127.0.0.1:${peer}`;
    mkdirSync(path('etcd'), { mode: 0o700 });
    run('etcd', [
      ...['--data-dir', path('etcd'), '--listen-client-urls', etcdUrl, '--advertise-client-urls', etcdUrl],
      ...['--listen-peer-urls', peerUrl, '--initial-advertise-peer-urls', peerUrl, '--unsafe-no-fsync'],
      ...['--initial-cluster', `default=${peerUrl}`, '--log-level', 'error'],
    ]);
    run('kube-apiserver', [
      `--etcd-servers=${etcdUrl}`,
      `--secure-port=${api}`,
      '--bind-address=127.0.0.1',
      '--endpoint-reconciler-type=none',
      `--cert-dir=${path('certificates')}`,
      `--service-account-key-file=${path('accounts.pub')}`,
      `--service-account-signing-key-file=${path('accounts.key')}`,
      '--service-account-issuer=https://kubernetes.default.svc',
      '--service-cluster-ip-range=10.0.0.0/24',
      `--token-auth-file=${path('tokens.csv')}`,
      '--authorization-mode=RBAC',
      '--disable-admission-plugins=ServiceAccount',
      '--allow-privileged=true',
      '--kubelet-preferred-address-types=InternalIP',
    ]);
    const server = `https://127.0.0.1:${api}`;
    const write = (file: string, token: string) => {
      writeFileSync(path(file), kubeconfigFor(server, path('certificates/apiserver.crt'), token));
      return path(file);
    };
    await untilReady(server, path('kube-apiserver.log'), children);
    const kubeconfig = write('admin.yaml', adminToken);
    const common = ['--kubeconfig', kubeconfig, '--leader-elect=false', '--bind-address=127.0.0.1'];
    run('kube-controller-manager', [
      ...common,
      `--secure-port=${manager}`,
      `--cert-dir=${path('manager')}`,
      `--controllers=${controllers.join(',')}`,
    ]);
    run('kube-scheduler', [...common, `--secure-port=${scheduler}`, `--cert-dir=${path('scheduler')}`]);
    return {
      directory,
      kubeconfig,
      workerKubeconfig: write('worker.yaml', workerToken),
      create: (manifest) => create(server, manifest),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function kubeconfigFor(server: string, authority: string, token: string): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server, 'certificate-authority': authority } }],
    users: [{ name: 'test', user: { token } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
    'current-context': 'test',
  });
}

async function untilReady(server: string, log: string, children: readonly ChildProcess[]): Promise<void> {
  for (;;) {
    if (children.some(({ exitCode }) => exitCode !== null))
      throw new Error(`the control plane ended:\n${readFileSync(log, 'utf8').slice(-600)}`);
    if (await isReady(server)) return;
    await sleep(200);
  }
}

async function isReady(server: string): Promise<boolean> {
  const answer = await ask(`${server}/readyz`).catch(() => undefined);
  return answer?.status === 200;
}

async function create(server: string, manifest: TestManifest): Promise<void> {
  const { apiVersion, kind, metadata } = manifest;
  const api = apiVersion.includes('/') ? `apis/${apiVersion}` : `api/${apiVersion}`;
  const scope = metadata.namespace === undefined ? '' : `namespaces/${metadata.namespace}/`;
  const url = `${server}/${api}/${scope}${kind.toLowerCase()}s?fieldValidation=Strict`;
  const { status, text } = await ask(url, JSON.stringify(manifest));
  if (status !== 201) throw new Error(`${kind} ${metadata.name}: ${text}`);
}

/** As administrator. The server made its certificate itself, and nobody else is on loopback. */
async function ask(
  url: string,
  body?: string,
): Promise<{ readonly status: number | undefined; readonly text: string }> {
  const headers = { Authorization: `Bearer ${adminToken}`, 'Content-Type': 'application/json' };
  const asked = request(url, { method: body === undefined ? 'GET' : 'POST', headers, rejectUnauthorized: false });
  asked.end(body);
  const [response] = await once(asked, 'response');
  return { status: response.statusCode, text: await textOf(response) };
}

async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
}
