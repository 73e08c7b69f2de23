import { appendFileSync, cpSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { codeBuildId } from '../../worker/buildId';
import { workerConfigSchema } from '../../worker/config';

const root = resolve(__dirname, '..', '..');
const directory = mkdtempSync(join(tmpdir(), 'wattbandit-code-'));
afterAll(() => rmSync(directory, { recursive: true }));

describe('codeBuildId', () => {
  it('is one for the same code wherever it lies, and another after any change of it', () => {
    const copy = join(directory, 'copy');
    mkdirSync(copy);
    for (const folder of ['activities', 'policy', 'simulation', 'worker', 'workflows'])
      cpSync(join(root, folder), join(copy, folder), { recursive: true });
    const own = codeBuildId();
    expect(own).toMatch(/^\d+\.\d+\.\d+-[0-9a-f]{12}$/);
    expect(codeBuildId(copy)).toBe(own);
    renameSync(join(copy, 'policy', 'cost.ts'), join(copy, 'policy', 'costs.ts'));
    const renamed = codeBuildId(copy);
    appendFileSync(join(copy, 'workflows', 'bandit.ts'), ' ');
    expect(new Set([own, renamed, codeBuildId(copy)]).size).toBe(3);
  });

  it('is one that Temporal and the configuration take', () => {
    expect(deployed({ name: 'wattbandit', buildId: codeBuildId() }).success).toBe(true);
  });
});

const deployed = (deployment: unknown) =>
  workerConfigSchema.safeParse({ version: 1, hardware: { kind: 'simulated', gpu: 'v100' }, deployment });

describe('workerConfigSchema', () => {
  it.each([['with.dot'], ['with:colon'], ['__own'], ['']])(
    'refuses a deployment named %j, as Temporal does',
    (name) => {
      expect(deployed({ name }).success).toBe(false);
    },
  );

  it('has a grace of 5 s and no version unless told', () => {
    const { deployment, shutdownGraceSeconds } = workerConfigSchema.parse({
      version: 1,
      hardware: { kind: 'simulated', gpu: 'v100' },
    });
    expect({ deployment, shutdownGraceSeconds }).toEqual({ deployment: undefined, shutdownGraceSeconds: 5 });
  });
});
