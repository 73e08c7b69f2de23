/** Apache Airflow, as its users install it, with our provider: DAGs that wattbandit runs, and DAGs that ask wattbandit. */
import { join } from 'node:path';
import { root } from '../prepare.mjs';
import { obtainPython } from '../python.mjs';

export const tests = [
  'test/pipelines/airflowProvider.test.ts',
  'test/pipelines/airflowInbound.test.ts',
  'test/pipelines/airflowOutbound.test.ts',
];

const requirements = [
  'apache-airflow==3.3.2',
  // Over SQLite, requests fail or hang for half a minute whenever a run is stopped while its task writes.
  ...['pgserver==0.1.4', 'psycopg2-binary==2.9.13', 'asyncpg==0.32.0'],
  ...['pytest==9.2.0', 'mypy==2.4.1'],
  ...['--editable', join(root, 'integrations', 'airflow')],
];

export async function install() {
  return { AIRFLOW_PYTHON: await obtainPython('airflow', requirements) };
}
