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

  it.each([
    ['overrides: { tokens: { jwks: { url: "http://id.example/jwks" } } }', 'https'],
    ['overrides: { tokens: { jwks: { url: "nonsense" } } }', 'url'],
    ['overrides: { tokens: { jwks: {} } }', 'file: PATH'],
    ['overrides: { allowunsigned: true }', 'allowUnsigned'],
  ])('refuse %s', (text, why) => {
    expect(() => config(text)).toThrow(why);
  });
});
