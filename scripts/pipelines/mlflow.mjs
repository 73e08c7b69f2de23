/** A tracking server of MLflow. The whole package is 850 MB; its core with what the server imports is 360. */
import { obtainPython } from '../python.mjs';

export const tests = ['test/pipelines/mlflow.test.ts'];

const server = [
  'aiohttp==3.14.5',
  'alembic==1.20.1',
  'flask==3.1.3',
  'flask-cors==6.0.5',
  'graphene==3.4.3',
  'huey==3.5.4',
  'pandas==3.1.1',
  'sqlalchemy==2.1.9',
];

export async function install() {
  return { MLFLOW_PYTHON: await obtainPython('mlflow', ['mlflow-skinny==3.17.2', ...server]) };
}
