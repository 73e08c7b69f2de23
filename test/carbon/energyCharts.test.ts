import { createSource, sourceDescriptionSchema } from '../../activities/carbon/sourceDescription';
import { describeProvider } from '../activities/providerContract';
import { type SourceBench, createClock } from '../activities/sourceContract';
import { type GridServer, json, startGridServer } from '../support/gridServer';
import { type Grid, energyCharts } from '../support/grids';

const create = ({ baseUrl, ...options }: SourceBench) =>
  createSource(
    sourceDescriptionSchema.parse({ provider: 'energyCharts', kind: 'price', zone: 'DE-LU', baseUrl }),
    options,
  );

/** The contract's values in a price's size. */
const answer = (grid: Grid) => energyCharts(grid);

describeProvider('energyCharts', { create, answer, tellsZone: false, refusesNegative: false });

describe('createEnergyCharts', () => {
  let server: GridServer;
  beforeAll(async () => {
    server = await startGridServer(() => 'drop');
  });
  afterAll(() => server.stop());
  const open = () => create({ ...createClock(), timeoutSeconds: 5, baseUrl: server.url });
  const prices = (unix_seconds: number[], price: (number | null)[], unit = 'EUR / MWh') =>
    server.behave(() => json({ license_info: 'CC BY 4.0', unix_seconds, price, unit, deprecated: false }));
  const twelve = Date.parse('2026-11-25T12:00:00Z') / 1000;

  it('reads the documented answer; a price may be negative', async () => {
    prices([twelve - 3600, twelve, twelve + 3600], [80.5, -3.2, 79]);
    expect(await open().now()).toEqual({
      provider: 'energyCharts',
      zone: 'DE-LU',
      kind: 'price',
      currency: 'EUR',
      pricePerKwh: -0.0032,
      validFromAt: '2026-11-25T12:00:00.000Z',
      validToAt: '2026-11-25T13:00:00.000Z',
      issuedAt: null,
      status: 'observed',
    });
  });

  it('takes quarters of hours for what they are', async () => {
    prices([twelve, twelve + 900, twelve + 1800], [80, 90, 100]);
    expect(await open().now()).toMatchObject({
      pricePerKwh: 0.09,
      validFromAt: '2026-11-25T12:15:00.000Z',
      validToAt: '2026-11-25T12:30:00.000Z',
    });
  });

  it('asks for its bidding zone and a time around now', async () => {
    server.asked.splice(0);
    prices([twelve], [80]);
    await open().now();
    expect(server.asked.map(({ url }) => url.pathname + url.search)).toEqual([
      '/price?bzn=DE-LU&start=2026-11-25T09%3A20Z&end=2026-11-25T13%3A20Z',
    ]);
  });

  it.each([
    ['in no money', () => prices([twelve], [80], 'MWh')],
    ['without an instant for each', () => prices([twelve], [80, 81])],
  ])('refuses prices %s', async (_, tell) => {
    tell();
    await expect(open().now()).rejects.toMatchObject({ kind: 'unusable' });
  });
});
