/** What the majors of Airflow differ in, as far as tests see it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface AirflowMajor {
  readonly name: string;
  /** As `hardware.trainer.api` in a worker's configuration. */
  readonly api: 'v2' | 'v1';
  /** Of the environment that it is installed in. */
  readonly python: string;
  /** Command lines. */
  readonly services: readonly (readonly [string, ...string[]])[];
  /** Folders of DAGs, and of modules that Airflow imports. */
  readonly folders: readonly string[];
  /** Of a training that is to be watched step by step. */
  readonly secondsPerStep: number;
  /** Beside what both are told. */
  env(url: URL): Readonly<Record<string, string>>;
  /** Before the services start. */
  createAdmin(installation: AirflowInstallation): Promise<void>;
  /** @returns the header of that name */
  authorization(url: string, password: string): Promise<string>;
}

export interface AirflowInstallation {
  readonly home: string;
  readonly password: string;
  /** Its own command line. */
  command(name: string, ...args: readonly string[]): Promise<void>;
}

const root = join(__dirname, '..', '..');
const trainedByWattbandit = join(root, 'test', 'pipelines', 'outboundDags');

export const airflow3: AirflowMajor = {
  name: 'Airflow 3',
  api: 'v2',
  python: process.env['AIRFLOW_PYTHON'] ?? '',
  services: [['api-server'], ['scheduler'], ['dag-processor'], ['triggerer']],
  folders: [
    trainedByWattbandit,
    join(root, 'test', 'pipelines', 'dags'),
    join(root, 'integrations', 'airflow', 'examples'),
  ],
  secondsPerStep: 0.1,
  env: ({ origin, hostname, port }) => ({
    AIRFLOW__CORE__EXECUTION_API_SERVER_URL: `${origin}/execution/`,
    AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS: 'admin:admin',
    AIRFLOW__API__HOST: hostname,
    AIRFLOW__API__PORT: port,
    AIRFLOW__API__BASE_URL: origin,
    AIRFLOW__API__WORKERS: '1',
    AIRFLOW__API_AUTH__JWT_SECRET: 'of-a-test-and-as-long-as-the-algorithm-wants-it-to-be-0123456789',
  }),
  async createAdmin({ home, password }) {
    const passwords = join(home, 'simple_auth_manager_passwords.json.generated');
    writeFileSync(passwords, JSON.stringify({ admin: password }), { mode: 0o600 });
  },
  async authorization(url, password) {
    const answer = await fetch(`${url}/auth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'admin', password }),
    });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    return `Bearer ${token}`;
  },
};

/** Without a triggerer, since none of its DAGs defers; the scheduler reads their files. */
export const airflow2: AirflowMajor = {
  name: 'Airflow 2',
  api: 'v1',
  python: process.env['AIRFLOW2_PYTHON'] ?? '',
  services: [['webserver'], ['scheduler', '--skip-serve-logs']],
  folders: [trainedByWattbandit],
  // It checks the password anew with every request, which takes it a tenth of a second of CPU.
  secondsPerStep: 0.4,
  env: ({ origin, hostname, port }) => ({
    AIRFLOW__CORE__EXECUTOR: 'LocalExecutor',
    AIRFLOW__API__AUTH_BACKENDS: 'airflow.api.auth.backend.basic_auth',
    AIRFLOW__WEBSERVER__WEB_SERVER_HOST: hostname,
    AIRFLOW__WEBSERVER__WEB_SERVER_PORT: port,
    AIRFLOW__WEBSERVER__BASE_URL: origin,
    AIRFLOW__WEBSERVER__WORKERS: '1',
    AIRFLOW__WEBSERVER__SECRET_KEY: 'of-a-test',
  }),
  async createAdmin(installation) {
    const names = ['--username', 'admin', '--firstname', 'A', '--lastname', 'D', '--email', 'admin@example.org'];
    await installation.command('users', 'create', '--role', 'Admin', ...names, '--password', installation.password);
  },
  async authorization(_, password) {
    return `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`;
  },
};
