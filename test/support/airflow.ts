/** A real Airflow on loopback, with DAGs of ours: a PostgreSQL of its own, local executor. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AirflowMajor, airflow3 } from './airflowMajors';

/** Of a first start on a busy machine. */
const patienceMs = 240_000;

export interface AirflowOptions {
  readonly dagIds: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Airflow 3 unless given. */
  readonly major?: AirflowMajor;
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
  private database: ChildProcess | undefined;
  private readonly services: ChildProcess[] = [];
  private readonly password = randomUUID();

  private constructor(
    readonly url: string,
    readonly major: AirflowMajor,
    private readonly home: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** Ready when it has read these DAGs. */
  static async start({ dagIds, env = {}, major = airflow3 }: AirflowOptions): Promise<Airflow> {
    const home = mkdtempSync(join(tmpdir(), 'wattbandit-airflow-'));
    for (const folder of major.folders) cpSync(folder, join(home, 'dags'), { recursive: true });
    const url = new URL(`http://127.0.0.1:${await freePort()}`);
    const airflow = new Airflow(url.origin, major, home, {
      ...environmentOf(home, major.python),
      ...major.env(url),
      ...env,
    });
    try {
      await airflow.boot(dagIds);
      return airflow;
    } catch (error) {
      await airflow.stop();
      throw error;
    }
  }

  get login() {
    return { username: 'admin', password: { file: join(this.home, 'password') } };
  }

  /** What our trainer has no need of is asked by this. */
  async ask(path: string, init: RequestInit = {}): Promise<unknown> {
    const authorization = await this.major.authorization(this.url, this.password);
    const headers = { 'content-type': 'application/json', authorization };
    const answer = await fetch(`${this.url}/api/${this.major.api}${path}`, { ...init, headers });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  /** Starts a run of a DAG by hand, in Airflow 3; answers its name once it has ended, and how. */
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
    const running = this.services.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
    for (const child of running) signalGroup(child, 'SIGTERM');
    await within(10_000, Promise.all(running.map((child) => once(child, 'exit'))));
    for (const child of this.services) signalGroup(child, 'SIGKILL');
    if (this.database?.exitCode === null) {
      const gone = once(this.database, 'exit');
      this.database.stdin?.end();
      await within(20_000, gone);
    }
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  private async boot(dagIds: readonly string[]): Promise<void> {
    const { home, password, major } = this;
    await this.startDatabase();
    await this.command('db', 'migrate');
    writeFileSync(join(home, 'password'), `${password}\n`, { mode: 0o600 });
    await major.createAdmin({ home, password, command: (name, ...args) => this.command(name, ...args) });
    for (const [name, ...args] of major.services) this.services.push(this.run(name, ['-m', 'airflow', name, ...args]));
    for (const id of dagIds) await this.until(`DAG ${id} is there`, async () => Boolean(await this.ask(`/dags/${id}`)));
  }

  /** Its server runs as a user of its own where we are root. */
  private async startDatabase(): Promise<void> {
    chmodSync(this.home, 0o755);
    const child = this.run('postgres', [join(__dirname, 'postgres.py'), databaseOf(this.home)], 'pipe');
    this.database = child;
    const [line] = await Promise.race([once(createInterface(child.stdout!), 'line'), once(child, 'exit')]);
    if (typeof line !== 'string') throw new Error(`PostgreSQL ended: ${this.logOf('postgres')}`);
  }

  private async command(name: string, ...args: readonly string[]): Promise<void> {
    const [code] = await once(this.run(name, ['-m', 'airflow', name, ...args]), 'exit');
    if (code !== 0) throw new Error(`airflow ${name} ended with ${code}: ${this.logOf(name)}`);
  }

  private run(name: string, args: readonly string[], stdio: 'pipe' | 'ignore' = 'ignore'): ChildProcess {
    const log = openSync(join(this.home, `${name}.log`), 'a');
    return spawn(this.major.python, [...args], {
      env: this.env,
      cwd: this.home,
      detached: true,
      stdio: [stdio, stdio === 'pipe' ? 'pipe' : log, log],
    });
  }

  private async until(what: string, holds: () => Promise<boolean>): Promise<void> {
    for (const end = Date.now() + patienceMs; ; await sleep(250)) {
      if (await holds().catch(() => false)) return;
      const hasDied = this.services.some(({ exitCode }) => exitCode !== null);
      if (!hasDied && Date.now() < end) continue;
      const logs = this.major.services.map(([name]) => `${name}: ${this.logOf(name)}`);
      throw new Error(`${hasDied ? 'a service ended before' : 'never'}: ${what}\n${logs.join('\n')}`);
    }
  }

  private logOf(service: string): string {
    return readFileSync(join(this.home, `${service}.log`), 'utf8').slice(-2000);
  }
}

const databaseOf = (home: string) => join(home, 'postgres');

function environmentOf(home: string, python: string): NodeJS.ProcessEnv {
  return {
    PATH: `${dirname(python)}${delimiter}${process.env['PATH'] ?? ''}`,
    HOME: home,
    LANG: 'C.UTF-8',
    AIRFLOW_HOME: home,
    // Over SQLite, requests fail or hang for half a minute whenever a run is stopped while its task writes.
    AIRFLOW__DATABASE__SQL_ALCHEMY_CONN: `postgresql+psycopg2://postgres@/postgres?host=${databaseOf(home)}`,
    AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC: `postgresql+asyncpg://postgres@/postgres?host=${databaseOf(home)}`,
    AIRFLOW__CORE__LOAD_EXAMPLES: 'False',
    AIRFLOW__CORE__PARALLELISM: '4',
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
