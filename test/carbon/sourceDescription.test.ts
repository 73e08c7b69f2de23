import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { providers } from '../../activities/carbon/catalogue';
import { sourceDescriptionSchema } from '../../activities/carbon/sourceDescription';
import { workerConfigSchema } from '../../worker/config';
import { jobSpec } from '../support/job';

const gb = { provider: 'gbGrid', kind: 'average', zone: 'GB' };
const em = { provider: 'electricityMaps', kind: 'average', zone: 'DE' };
const refused = (description: object) => sourceDescriptionSchema.safeParse(description).error?.issues ?? [];

describe('sourceDescriptionSchema', () => {
  it.each([
    ['gbGrid', gb],
    ['a region written as a number', { ...gb, zone: 13 }],
    ['a postcode', { ...gb, zone: 'SW1A' }],
    ['electricityMaps', { ...em, token: { file: '/run/secrets/em' } }],
    ['wattTime', { provider: 'wattTime', kind: 'marginal', zone: 'CAISO_NORTH' }],
    ['carbonAwareSdk', { provider: 'carbonAwareSdk', kind: 'average', zone: 'westus', baseUrl: 'http://carbon:8080' }],
    ['energyCharts', { provider: 'energyCharts', kind: 'price', zone: 'DE-LU' }],
    ['a recording', { provider: 'recorded', kind: 'marginal', zone: 'x', file: 'a.csv', repeat: true }],
    [
      'a recorded price',
      { provider: 'recorded', kind: 'price', zone: 'x', file: 'a.csv', currency: 'EUR', per: 'MWh' },
    ],
    ['a constant', { provider: 'constant', kind: 'average', zone: 'PL', gramsPerKwh: 700 }],
    ['a negative tariff', { provider: 'constant', kind: 'price', zone: 'x', pricePerKwh: -0.1, currency: 'EUR' }],
  ])('takes %s', (_, description) => {
    expect(refused(description)).toEqual([]);
  });

  it.each([
    ['no kind', { provider: 'gbGrid', zone: 'GB' }],
    ['a kind that the provider does not have', { ...gb, kind: 'marginal' }],
    ['a region that is none', { ...gb, zone: 18 }],
    ['a path for a zone', { ...gb, zone: '../intensity' }],
    ['a token in itself', { ...em, token: 'secret' }],
    ['two places for a token', { ...em, token: { env: 'A', file: 'b' } }],
    ['a token that travels in the open', { ...em, baseUrl: 'http://proxy.example.org' }],
    ['a password in an address', { ...em, baseUrl: 'https://me:secret@proxy.example.org' }],
    ['an address of files', { ...gb, baseUrl: 'file:///etc/passwd' }],
    ['a key of another provider', { ...gb, token: { env: 'A' } }],
    ['grams below nothing', { provider: 'constant', kind: 'average', zone: 'x', gramsPerKwh: -1 }],
    ['grams for a price', { provider: 'constant', kind: 'price', zone: 'x', gramsPerKwh: 1, currency: 'EUR' }],
    ['a price without a unit', { provider: 'recorded', kind: 'price', zone: 'x', file: 'a.csv', currency: 'EUR' }],
  ])('refuses %s', (_, description) => {
    expect(refused(description).length).toBeGreaterThan(0);
  });

  it('knows the same providers and kinds as the catalogue', () => {
    const kindsOf = (provider: string) =>
      ['average', 'marginal', 'price'].filter((kind) =>
        refused({ provider, kind, zone: 'GB' }).every(({ path }) => path[0] !== 'kind'),
      );
    for (const { provider, kinds } of providers) expect(kindsOf(provider)).toEqual([...kinds].toSorted());
    const known = JSON.stringify(z.toJSONSchema(sourceDescriptionSchema, { io: 'input' })).match(
      /"provider":\{[^}]*\}/g,
    );
    expect(new Set(known).size).toBe(providers.length);
  });
});

describe('docs/carbon.md', () => {
  it('has an example of every provider, and all of them are valid', () => {
    const text = readFileSync(join(__dirname, '..', '..', 'docs', 'carbon.md'), 'utf8');
    const blocks = [...text.matchAll(/```yaml\n([^]*?)```/g)].map(([, yaml = '']) => yaml);
    const ofJobs = blocks.filter((yaml) => yaml.startsWith('# in the job file'));
    for (const yaml of ofJobs) expect(jobSpec(parse(yaml)).carbon).toBeDefined();
    const examples = blocks.filter((yaml) => !ofJobs.includes(yaml)).map((yaml) => parse(yaml).carbon);
    expect(examples.map((example) => refused(example))).toEqual(examples.map(() => []));
    const named = new Set(examples.map(({ provider }) => provider));
    expect(named).toEqual(new Set(providers.map(({ provider }) => provider)));
  });
});

describe('workerConfigSchema', () => {
  it('may name a source', () => {
    const config = { version: 1, hardware: { kind: 'simulated', gpu: 'v100' } };
    expect(workerConfigSchema.parse(config).carbon).toBeUndefined();
    expect(workerConfigSchema.parse({ ...config, carbon: gb }).carbon).toEqual(gb);
    expect(workerConfigSchema.safeParse({ ...config, carbon: { ...gb, kind: 'marginal' } }).success).toBe(false);
  });
});
