import { overrideRulesFor } from '../../worker/overrideConfig';
import { createSealKeys } from '../support/tokens';
import { parseYaml } from '../../worker/yamlFile';
import { workerConfigSchema } from '../../worker/config';

const config = (overrides: string) =>
  parseYaml(`version: 1\nhardware: { kind: simulated, gpu: v100 }\n${overrides}`, 'worker.yaml', workerConfigSchema)
    .overrides;

describe('overrides in a worker’s configuration', () => {
  it('believe nobody unless it says whom', () => {
    expect(config('')).toEqual({ allowUnsigned: false });
  });

  it('name keys by file or by a URL that is safe', () => {
    const tokens = { jwks: { url: 'https://id.example/jwks' }, issuer: 'https://id.example', audience: 'wattbandit' };
    expect(config(`overrides: ${JSON.stringify({ tokens })}`)).toEqual({ allowUnsigned: false, tokens });
    expect(config('overrides: { tokens: { jwks: { file: jwks.json } } }').tokens?.jwks).toEqual({ file: 'jwks.json' });
  });

  it('name seal keys by place, each a private key of P-256', async () => {
    const good = createSealKeys();
    const rules = (file: string) => overrideRulesFor({ allowUnsigned: false, tokens: { jwks: { file: 'jwks.json' }, sealKeys: [{ file }] } }); // prettier-ignore
    expect((await rules(good.privateFile)).tokens?.sealKeys?.[0]?.type).toBe('private');
    for (const file of [good.publicFile, createSealKeys('P-384').privateFile, '/no/such'])
      await expect(rules(file)).rejects.toThrow('Cannot use the private seal key of overrides from file');
  });

  it.each([
    ['overrides: { tokens: { jwks: { url: "http://id.example/jwks" } } }', 'https'],
    ['overrides: { tokens: { jwks: { url: "nonsense" } } }', 'url'],
    ['overrides: { tokens: { jwks: {} } }', 'file: PATH'],
    ['overrides: { allowunsigned: true }', 'allowUnsigned'],
  ])('refuse %s', (text, why) => {
    expect(() => config(text)).toThrow(why);
  });
});
