/** A real Airflow 3 on loopback with our provider, its examples and the DAGs of `test/pipelines/dags`: a PostgreSQL of its own, local executor. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const root = join(__dirname, '..', '..');
const usualFolders = [join(root, 'test', 'pipelines', 'dags'), join(root, 'integrations', 'airflow', 'examples')];
const services = ['api-server', 'scheduler', 'dag-processor', 'triggerer'];
/** Of a first start on a busy machine. */
const patienceMs = 240_000;

export interface AirflowOptions {
  readonly dagIds: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Of the environment that Airflow is installed in; that of the variable AIRFLOW_PYTHON unless given. */
  readonly python?: string;
  /** Folders of DAGs, and of modules that Airflow imports. */
  readonly folders?: readonly string[];
}

interface DagRunBody {
  readonly dag_run_id: string;
  readonly state: string;
  readonly run_after: string;
}

export interface DagRunEnd {
  readonly path: string;
  readonly state: 'success' | 'failed';
  readonly after: string;
}

export class Airflow {
  private readonly children: ChildProcess[] = [];

  private constructor(
    readonly url: string,
    private readonly home: string,
    private readonly program: { readonly python: string; readonly env: NodeJS.ProcessEnv },
  ) {}

  /** Ready when it has read these DAGs. */
  static async start({
    dagIds,
    env = {},
    python = process.env['AIRFLOW_PYTHON'] ?? '',
    folders = usualFolders,
  }: AirflowOptions): Promise<Airflow> {
    const home = mkdtempSync(join(tmpdir(), 'wattbandit-airflow-'));
    for (const folder of folders) cpSync(folder, join(home, 'dags'), { recursive: true });
    const port = await freePort();
    const airflow = new Airflow(`http://127.0.0.1:${port}`, home, {
      python,
      env: { ...environmentOf(home, port, python), ...env },
    });
    try {
      await airflow.boot(dagIds);
      return airflow;
    } catch (error) {
      await airflow.stop();
      throw error;
    }
  }

  get passwordFile(): string {
    return join(this.home, 'password');
  }

  get login() {
    return { username: 'admin', password: { file: this.passwordFile } };
  }

  /** What our trainer has no need of is asked by this. */
  async ask(path: string, init: RequestInit = {}): Promise<unknown> {
    const body = JSON.stringify({ username: 'admin', password: readFileSync(this.passwordFile, 'utf8').trim() });
    const json = { 'content-type': 'application/json' };
    const token = await fetch(`${this.url}/auth/token`, { method: 'POST', headers: json, body });
    const { access_token: bearer } = (await token.json()) as { access_token: string };
    const headers = { ...json, authorization: `Bearer ${bearer}` };
    const answer = await fetch(`${this.url}/api/v2${path}`, { ...init, headers });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  /** Starts a run of a DAG by hand; answers its name once it has ended, and how. */
  async runDag(dag: string): Promise<DagRunEnd> {
    const body = JSON.stringify({ logical_date: null });
    const { dag_run_id: id } = (await this.ask(`/dags/${dag}/dagRuns`, { method: 'POST', body })) as DagRunBody;
    const path = `/dags/${dag}/dagRuns/${encodeURIComponent(id)}`;
    for (;;) {
      const { state, run_after: after } = (await this.ask(path)) as DagRunBody;
      if (state === 'success' || state === 'failed') return { path, state, after };
      await sleep(200);
    }
  }

  async xcom({ path }: DagRunEnd, task: string): Promise<unknown> {
    const { value } = (await this.ask(`${path}/taskInstances/${task}/xcomEntries/return_value`)) as { value: unknown };
    return value;
  }

  /** Ends every process, those of tasks too: each service leads a group. */
  async stop(): Promise<void> {
    const [database, ...others] = this.children;
    const running = others.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
    for (const child of running) signalGroup(child, 'SIGTERM');
    await within(10_000, Promise.all(running.map((child) => once(child, 'exit'))));
    for (const child of others) signalGroup(child, 'SIGKILL');
    if (database?.exitCode === null) {
      const gone = once(database, 'exit');
      database.stdin?.end();
      await within(20_000, gone);
    }
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  private async boot(dagIds: readonly string[]): Promise<void> {
    await this.startDatabase();
    const [code] = (await once(this.run(['-m', 'airflow', 'db', 'migrate']), 'exit')) as [number | null];
    if (code !== 0) throw new Error(`airflow db migrate ended with ${code}: ${this.logOf('migrate')}`);
    for (const service of services) this.run(['-m', 'airflow', service]);
    const generated = join(this.home, 'simple_auth_manager_passwords.json.generated');
    await this.until('it gives out a password', async () => readFileSync(generated, 'utf8').includes('admin'));
    const passwords: unknown = JSON.parse(readFileSync(generated, 'utf8'));
    const { admin } = passwords as { admin: string };
    writeFileSync(this.passwordFile, `${admin}\n`, { mode: 0o600 });
    for (const id of dagIds) await this.until(`DAG ${id} is there`, async () => Boolean(await this.ask(`/dags/${id}`)));
  }

  /** Its server runs as a user of its own where we are root. */
  private async startDatabase(): Promise<void> {
    chmodSync(this.home, 0o755);
    const child = this.run([join(__dirname, 'postgres.py'), databaseOf(this.home)], 'pipe');
    const [line] = await Promise.race([once(createInterface(child.stdout!), 'line'), once(child, 'exit')]);
    if (typeof line !== 'string') throw new Error(`PostgreSQL ended: ${this.logOf('postgres')}`);
  }

  private run(args: readonly string[], stdio: 'pipe' | 'ignore' = 'ignore'): ChildProcess {
    const log = openSync(join(this.home, `${basename(args.at(-1) ?? '')}.log`), 'a');
    const child = spawn(this.program.python, [...args], {
      env: this.program.env,
      cwd: this.home,
      detached: true,
      stdio: [stdio, stdio === 'pipe' ? 'pipe' : log, log],
    });
    this.children.push(child);
    return child;
  }

  private async until(what: string, holds: () => Promise<boolean>): Promise<void> {
    for (const end = Date.now() + patienceMs; ; await sleep(250)) {
      if (await holds().catch(() => false)) return;
      const dead = this.children.slice(2).find(({ exitCode }) => exitCode !== null);
      if (dead !== undefined) throw new Error(`${dead.spawnargs.at(-1)} ended: ${this.logOf(dead.spawnargs.at(-1))}`);
      if (Date.now() > end) throw new Error(`never: ${what}; ${this.logOf('dag-processor')}`);
    }
  }

  private logOf(service = ''): string {
    return readFileSync(join(this.home, `${service}.log`), 'utf8').slice(-2000);
  }
}

const databaseOf = (home: string) => join(home, 'postgres');

function environmentOf(home: string, port: number, python: string): NodeJS.ProcessEnv {
  const bin = dirname(python);
  const url = `http://127.0.0.1:${port}`;
  return {
    PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`,
    HOME: home,
    LANG: 'C.UTF-8',
    AIRFLOW_HOME: home,
    // Over SQLite, requests fail or hang for half a minute whenever a run is stopped while its task writes.
    AIRFLOW__DATABASE__SQL_ALCHEMY_CONN: `postgresql+psycopg2://postgres@/postgres?host=${databaseOf(home)}`,
    AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC: `postgresql+asyncpg://postgres@/postgres?host=${databaseOf(home)}`,
    AIRFLOW__CORE__LOAD_EXAMPLES: 'False',
    AIRFLOW__CORE__PARALLELISM: '4',
    AIRFLOW__CORE__EXECUTION_API_SERVER_URL: `${url}/execution/`,
    AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS: 'admin:admin,viewer:viewer',
    AIRFLOW__API__HOST: '127.0.0.1',
    AIRFLOW__API__PORT: String(port),
    AIRFLOW__API__BASE_URL: url,
    AIRFLOW__API__WORKERS: '1',
    AIRFLOW__API_AUTH__JWT_SECRET: 'of-a-test-and-as-long-as-the-algorithm-wants-it-to-be-0123456789',
    AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME: '0.2',
  };
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  await Promise.race([work, sleep(ms, undefined, { ref: false })]);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // Gone already.
  }
}
