/** Apache Airflow 2, whose API and ways to write a DAG differ: DAGs that wattbandit runs. */
import { obtainPython } from '../python.mjs';

export const tests = ['test/pipelines/airflow2Outbound.test.ts'];

// As Airflow 3 in airflow.mjs, on PostgreSQL.
const requirements = ['apache-airflow==2.11.2', 'pgserver==0.1.4', 'psycopg2-binary==2.9.13'];

export async function install() {
  return { AIRFLOW2_PYTHON: await obtainPython('airflow2', requirements) };
}
