import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chart } from '../../worker/cli/carbonChart';
import { nowRow, nowText } from '../../worker/cli/carbonReadings';
import { styleFor } from '../../worker/cli/text';
import type { PriceReading } from '../../activities/carbon/source';
import { buildCli, runCli } from '../support/cli';
import { type GridServer, json, startGridServer } from '../support/gridServer';
import { electricityMaps, gbGrid } from '../support/grids';

const canary = 'cli-canary-5Zt';
/** Stands still, so that a slot that ends meanwhile changes nothing but ages. */
const startedAt = new Date();
const grid = { now: () => startedAt, valueAt: (at: number) => 100 + ((at / 1800) % 100) };
const directory = mkdtempSync(join(tmpdir(), 'wattbandit-carbon-'));
let server: GridServer;

beforeAll(async () => {
  await buildCli();
  server = await startGridServer(gbGrid(grid));
});
afterAll(async () => {
  await server.stop();
  rmSync(directory, { recursive: true });
});

const carbon = (...args: readonly string[]) => runCli(['carbon', ...args], { EM: canary });

function workerFile(carbonSection: string): string {
  const file = join(directory, 'worker.yaml');
  writeFileSync(file, `version: 1\nhardware: { kind: simulated, gpu: v100 }\n${carbonSection}\n`);
  return file;
}

describe('carbon now', () => {
  it('tells the slot of now with its unit, by flags or by the worker’s configuration', async () => {
    server.behave(gbGrid(grid));
    const byFlags = await carbon('now', '--source', 'gbGrid', '--zone', '13', '--base-url', server.url, '-o', 'json');
    expect(byFlags).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(byFlags.stdout)).toMatchObject({
      schemaVersion: 1,
      provider: 'gbGrid',
      zone: '13',
      kind: 'average',
      gramsPerKwh: expect.any(Number),
      unit: 'gCO2eq/kWh',
      status: 'forecast',
      ageSeconds: expect.any(Number),
      stale: false,
    });
    const file = workerFile(`carbon: { provider: gbGrid, kind: average, zone: 13, baseUrl: '${server.url}' }`);
    const byFile = await carbon('now', '-c', file, '-o', 'json');
    expect(JSON.parse(byFile.stdout)).toEqual({ ...JSON.parse(byFlags.stdout), ageSeconds: expect.any(Number) });
    expect((await carbon('now', '-c', file)).stdout).toMatch(
      /^\d+ gCO2eq\/kWh {2}(of now|ended .* ago)\nProvider {2}gbGrid\n/,
    );
  });

  it.each([
    [3, () => json({ error: { code: '400 Bad Request', message: 'no such region' } }, 400), 'no such region'],
    [5, () => json({ message: 'go away' }, 403), 'go away'],
    [6, () => json({}, 500), 'status 500'],
    [6, () => json({ data: [] }), 'no value for now'],
  ] as const)('ends with %i where the provider does not help', async (code, behaviour, words) => {
    server.behave(behaviour);
    const ended = await carbon('now', '--base-url', server.url);
    expect(ended).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(words) });
    expect(ended.stderr).toMatch(/^Cannot read the average carbon intensity of GB from gbGrid for now: /);
  });

  it.each([
    [['--source', 'gbGrid', '--zone', '99'], 'gbGrid --zone: must be GB, a region from 1 to 17'],
    [['--source', 'gbGrid', '--token', 'env:EM'], 'gbGrid takes no --token'],
    [['--source', 'wattTime', '--zone', 'x'], 'wattTime --kind: must be one of average, marginal'],
    [['--source', 'electricityMaps', '--zone', 'DE', '--token', canary], '--token: must say where the secret is'],
    [['-c', 'worker.yaml', '--zone', '13'], 'cannot be used with option'],
  ])('says which flag of %j is wrong', async (flags, words) => {
    const ended = await carbon('now', ...flags);
    expect(ended).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(words) });
    expect(ended.stderr).not.toContain(canary);
  });

  it('says what is missing in a configuration, and does not quote a secret written into it', async () => {
    expect(await carbon('now', '-c', workerFile(''))).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('has no carbon section'),
    });
    const file = workerFile(`carbon: { provider: electricityMaps, kind: average, zone: DE, token: ${canary} }`);
    const ended = await carbon('now', '-c', file);
    expect(ended).toMatchObject({ code: 3, stderr: expect.stringContaining('must say where the secret is') });
    expect(ended.stderr).not.toContain(canary);
  });

  it('tells its token to the provider only, even where that echoes it and everything is logged', async () => {
    const flags = ['--source', 'electricityMaps', '--zone', 'DE', '--token', 'env:EM', '--base-url', server.url];
    server.asked.splice(0);
    server.behave(electricityMaps(grid));
    const told = await carbon('now', ...flags, '-o', 'json', '--log-level', 'debug');
    expect(told.code).toBe(0);
    expect(server.asked[0]!.headers['auth-token']).toBe(canary);
    server.behave(({ headers }) => json({ message: `who is ${String(headers['auth-token'])}?` }, 401));
    const refused = await carbon('now', ...flags, '--log-level', 'debug');
    expect(refused).toMatchObject({ code: 5, stderr: expect.stringContaining('who is [secret]?') });
    const listed = await carbon('sources', '-o', 'json', '--log-level', 'debug');
    for (const { stdout, stderr } of [told, refused, listed]) expect(stdout + stderr).not.toContain(canary);
  });
});

describe('carbon forecast', () => {
  it('tells the coming slots, one in each line of jsonl', async () => {
    server.behave(gbGrid(grid));
    const ended = await carbon('forecast', '--base-url', server.url, '--hours', '3', '-o', 'jsonl');
    const rows = ended.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows.length).toBeGreaterThanOrEqual(6);
    expect(rows.length).toBeLessThanOrEqual(7);
    for (const row of rows) expect(row).toMatchObject({ schemaVersion: 1, kind: 'average', unit: 'gCO2eq/kWh' });
    const whole = await carbon('forecast', '--base-url', server.url, '--hours', '3', '-o', 'json');
    expect(JSON.parse(whole.stdout).forecast[2]).toMatchObject({ provider: 'gbGrid', status: 'forecast' });
    const text = (await carbon('forecast', '--base-url', server.url, '--hours', '3')).stdout;
    expect(text).toMatch(/^gCO2eq\/kWh, average, GB by gbGrid\n(\S+Z {2}\d+ {2}█+\n)+$/);
  });
});

describe('carbon sources', () => {
  it('lists providers, and which of them can be asked', async () => {
    const { stdout } = await carbon('sources', '-o', 'json');
    const { sources } = JSON.parse(stdout);
    const find = (provider: string) => sources.find((row: { provider: string }) => row.provider === provider);
    expect(find('gbGrid')).toMatchObject({ signal: 'carbon', needsKey: false, licence: 'CC BY 4.0', configured: true });
    expect(find('energyCharts')).toMatchObject({ signal: 'price', kinds: ['price'], configured: true });
    expect(find('wattTime')).toMatchObject({ configured: false, lacks: expect.stringContaining('WATTTIME_USERNAME') });
    const file = workerFile('carbon: { provider: electricityMaps, kind: average, zone: DE, token: { env: EM } }');
    const configured = JSON.parse((await carbon('sources', '-c', file, '-o', 'json')).stdout).sources;
    expect(configured[1]).toMatchObject({ provider: 'electricityMaps', configured: true, lacks: null });
  });
});

const price = (hour: number, pricePerKwh: number): PriceReading => ({
  provider: 'energyCharts',
  zone: 'DE-LU',
  kind: 'price',
  currency: 'EUR',
  pricePerKwh,
  validFromAt: `2026-11-25T${String(hour).padStart(2, '0')}:00:00.000Z`,
  validToAt: `2026-11-25T${String(hour + 1).padStart(2, '0')}:00:00.000Z`,
  issuedAt: null,
  status: 'forecast',
});

describe('chart', () => {
  it('draws negative prices to the left of zero, and marks the lowest', () => {
    expect(chart([price(0, 0.3), price(1, -0.1), price(2, 0)], styleFor(false)).split('\n')).toEqual([
      'EUR/kWh, price, DE-LU by energyCharts',
      `2026-11-25T00:00Z   0.3000  ${' '.repeat(10)}${'█'.repeat(30)}`,
      `2026-11-25T01:00Z  -0.1000  ${'░'.repeat(10)}`,
      '2026-11-25T02:00Z   0.0000',
    ]);
    expect(chart([price(0, 0.3), price(1, -0.1)], styleFor(true))).toContain('\u001b[32m2026-11-25T01:00Z');
  });

  it('draws nothing as nothing, and long forecasts in 48 lines at most', () => {
    const many = Array.from({ length: 865 }, (_, i) => price(i % 23, 0.1));
    expect(chart(many, styleFor(false)).split('\n').length).toBeLessThanOrEqual(49);
    expect(chart([], styleFor(false))).toBe('');
    expect(chart([price(0, 0)], styleFor(false))).toMatch(/ {2}0\.0000$/);
  });
});

describe('nowText', () => {
  it('says when a value is old, and what the provider warns of', () => {
    const facts = {
      provider: 'x',
      zone: 'x',
      kind: 'price',
      slotSeconds: 3600,
      historyHours: 0,
      forecastHours: 0,
    } as const;
    const reading = { ...price(0, 0.3), warnings: ['careful\u001b[31m'] };
    const text = nowText(nowRow(reading, facts, new Date('2026-11-25T06:00:00Z')), styleFor(false));
    expect(text).toMatch(/^0\.3000 EUR\/kWh {2}stale: ended 5\.00 h ago\n/);
    expect(text).toMatch(/\nThe provider warns: careful\\u001b\[31m$/);
  });
});
