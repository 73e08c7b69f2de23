/** Zeus's own Python client, unmodified, against the gateway. Its environment comes from `npm run test:pipelines`. */
import { execFileSync } from 'node:child_process';

describe('the client of zeus', () => {
  it('is the one of PyPI', () => {
    const program = 'import importlib.metadata as m; print(m.version("zeus"))';
    expect(execFileSync(process.env.ZEUS_PYTHON!, ['-c', program], { encoding: 'utf8' }).trim()).toBe('0.16.0');
  });
});
