import { createSource, sourceDescriptionSchema } from '../../activities/carbon/sourceDescription';
import { describeProvider } from '../activities/providerContract';
import { type SourceBench, createClock, noon } from '../activities/sourceContract';
import { type GridServer, json, startGridServer } from '../support/gridServer';
import { gbGrid } from '../support/grids';

const create =
  (zone: string) =>
  ({ baseUrl, ...options }: SourceBench) =>
    createSource(sourceDescriptionSchema.parse({ provider: 'gbGrid', kind: 'average', zone, baseUrl }), options);

describeProvider('gbGrid, all of it', { create: create('GB'), answer: gbGrid, tellsZone: false });
describeProvider('gbGrid, a region', { create: create('13'), answer: gbGrid });
describeProvider('gbGrid, a postcode', { create: create('RG10'), answer: gbGrid });

describe('createGbGrid', () => {
  let server: GridServer;
  beforeAll(async () => {
    server = await startGridServer(() => 'drop');
  });
  afterAll(() => server.stop());
  const open = (zone: string) => {
    server.asked.splice(0);
    return create(zone)({ ...createClock(), timeoutSeconds: 5, baseUrl: server.url });
  };
  const paths = () => server.asked.map(({ url }) => url.pathname);

  it('reads the documented answer: what was observed, else what was forecast', async () => {
    const period = (actual: number | null) => ({
      data: [
        { from: '2026-11-25T12:00Z', to: '2026-11-25T12:30Z', intensity: { forecast: 266, actual, index: 'moderate' } },
      ],
    });
    server.behave(() => json(period(263)));
    expect(await open('GB').now()).toEqual({
      provider: 'gbGrid',
      zone: 'GB',
      kind: 'average',
      factorType: null,
      gramsPerKwh: 263,
      validFromAt: '2026-11-25T12:00:00.000Z',
      validToAt: '2026-11-25T12:30:00.000Z',
      issuedAt: null,
      status: 'observed',
    });
    server.behave(() => json(period(null)));
    expect(await open('GB').now()).toMatchObject({ gramsPerKwh: 266, status: 'forecast' });
  });

  it.each([
    ['GB', ['/intensity', '/intensity/2026-11-25T12:20Z/fw24h', '/intensity/2026-11-25T09:00Z/2026-11-25T11:00Z']],
    [
      '13',
      [
        '/regional/regionid/13',
        '/regional/intensity/2026-11-25T12:20Z/fw24h/regionid/13',
        '/regional/intensity/2026-11-25T09:00Z/2026-11-25T11:00Z/regionid/13',
      ],
    ],
  ])('asks for %s at the documented places', async (zone, expected) => {
    const source = open(zone);
    server.behave(gbGrid({ now: () => new Date(noon), valueAt: () => 200 }));
    await source.now();
    await source.forecast(6);
    await source.history({ fromAt: '2026-11-25T09:00:00Z', toAt: '2026-11-25T11:00:00Z' });
    expect(paths()).toEqual(expected);
  });

  it('asks for a long past in parts of less than 14 days', async () => {
    const source = open('GB');
    server.behave(gbGrid({ now: () => new Date(noon), valueAt: () => 200 }));
    const readings = await source.history({ fromAt: '2026-10-28T12:00:00Z', toAt: noon });
    expect(paths()).toHaveLength(3);
    expect(readings).toHaveLength(28 * 48 + 1);
  });

  it('says what it was told when the provider refuses', async () => {
    server.behave(() => json({ error: { code: '400 Bad Request', message: 'Please enter a valid region' } }, 400));
    await expect(open('13').now()).rejects.toThrow(
      'Cannot read the average carbon intensity of 13 from gbGrid for now: it answers with status 400 ' +
        '(Please enter a valid region); check zone and baseUrl.',
    );
  });
});
