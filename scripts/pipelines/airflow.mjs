/** Apache Airflow, as its users install it, with our provider: DAGs that wattbandit runs, and DAGs that ask wattbandit. */
import { obtainPython } from '../python.mjs';

export const tests = ['test/pipelines/airflowTrainer.test.ts', 'test/pipelines/airflowOutbound.test.ts'];

/** Airflow wants another database than SQLite as soon as more than one of its parts writes. */
const requirements = ['apache-airflow==3.3.2', 'pgserver==0.1.4', 'psycopg2-binary==2.9.13', 'asyncpg==0.32.0'];

export async function install() {
  return { AIRFLOW_PYTHON: await obtainPython('airflow', requirements) };
}
