/** The provider's own tests, and its types. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const cwd = join(__dirname, '..', '..', 'integrations', 'airflow');

describe('integrations/airflow', () => {
  let home = '';
  beforeAll(async () => void (home = await mkdtemp(join(tmpdir(), 'wattbandit-airflow-'))));
  afterAll(() => rm(home, { recursive: true, force: true }));

  const python = async (...args: string[]) => {
    const env = { ...process.env, AIRFLOW_HOME: home, PYTHONDONTWRITEBYTECODE: '1' };
    const { stdout } = await promisify(execFile)(process.env['AIRFLOW_PYTHON'] ?? '', ['-m', ...args], { cwd, env });
    return stdout;
  };

  it('passes its tests', async () => {
    expect(await python('pytest', '-q', '-p', 'no:cacheprovider', 'tests')).toMatch(/^\d+ passed/m);
  });

  it('is typed', async () => {
    expect(await python('mypy', '--cache-dir', join(home, 'mypy'), 'src')).toContain('no issues found');
  });
});
