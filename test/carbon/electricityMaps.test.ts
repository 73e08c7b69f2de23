import { createSource, sourceDescriptionSchema } from '../../activities/carbon/sourceDescription';
import { describeProvider } from '../activities/providerContract';
import { type SourceBench, createClock, noon } from '../activities/sourceContract';
import { type GridServer, json, startGridServer } from '../support/gridServer';
import { electricityMaps } from '../support/grids';

const canary = 'em-canary-7Qx!%2F';
process.env['WATTBANDIT_TEST_EM_TOKEN'] = canary;

const create = ({ baseUrl, ...options }: SourceBench, more: object = {}) => {
  const token = { env: 'WATTBANDIT_TEST_EM_TOKEN' };
  const description = { provider: 'electricityMaps', kind: 'average', zone: 'DE', token, baseUrl, ...more };
  return createSource(sourceDescriptionSchema.parse(description), options);
};

describeProvider('electricityMaps', { create, answer: electricityMaps, secrets: [canary] });

describe('createElectricityMaps', () => {
  let server: GridServer;
  beforeAll(async () => {
    server = await startGridServer(() => 'drop');
  });
  afterAll(() => server.stop());
  const open = (more?: object) => {
    server.asked.splice(0);
    return create({ ...createClock(), timeoutSeconds: 5, baseUrl: server.url }, more);
  };
  const latest = {
    zone: 'DE',
    carbonIntensity: 322,
    datetime: '2026-11-25T12:00:00.000Z',
    updatedAt: '2026-11-25T12:11:00.000Z',
    createdAt: '2026-11-22T12:11:00.000Z',
    emissionFactorType: 'lifecycle',
    isEstimated: true,
    estimationMethod: 'TIME_SLICER_AVERAGE',
  };

  it('reads the documented answer, and whether it is an estimate', async () => {
    server.behave(() => json(latest));
    expect(await open().now()).toEqual({
      provider: 'electricityMaps',
      zone: 'DE',
      kind: 'average',
      factorType: 'lifecycle',
      gramsPerKwh: 322,
      validFromAt: '2026-11-25T12:00:00.000Z',
      validToAt: '2026-11-25T13:00:00.000Z',
      issuedAt: '2026-11-25T12:11:00.000Z',
      status: 'estimated',
    });
    server.behave(() => json({ ...latest, isEstimated: false }));
    expect((await open().now()).status).toBe('observed');
  });

  it('always forbids the fallback to the place of whoever asks, and shows its token in the header only', async () => {
    const source = open();
    server.behave(electricityMaps({ now: () => new Date(noon), valueAt: () => 300 }));
    await source.now();
    await source.forecast(30);
    await source.history({ fromAt: '2026-11-25T06:00:00Z', toAt: noon });
    await source.history({ fromAt: '2026-11-12T06:00:00Z', toAt: noon });
    expect(server.asked.map(({ url }) => url.pathname.split('/').at(-1))).toEqual([
      'latest',
      'forecast',
      'history',
      'past-range',
      'past-range',
    ]);
    expect(server.asked[1]!.url.searchParams.get('horizonHours')).toBe('48');
    for (const { url, headers } of server.asked) {
      expect(Object.fromEntries(url.searchParams)).toMatchObject({
        zone: 'DE',
        emissionFactorType: 'lifecycle',
        temporalGranularity: 'hourly',
        shouldUseFallbackCallerLookup: 'false',
      });
      expect(headers['auth-token']).toBe(canary);
      expect(url.href).not.toContain(encodeURIComponent(canary));
    }
  });

  it('takes no value of the other factor type', async () => {
    server.behave(() => json(latest));
    await expect(open({ factorType: 'direct' }).now()).rejects.toThrow('lifecycle where direct was asked for');
  });

  it('goes on telling now where the plan has no forecast', async () => {
    server.behave(({ url }) =>
      url.pathname.endsWith('forecast') ? json({ error: 'not in plan' }, 403) : json(latest),
    );
    const source = open();
    await expect(source.forecast(6)).rejects.toMatchObject({ kind: 'forbidden' });
    expect(await source.now()).toMatchObject({ gramsPerKwh: 322 });
  });

  it.each([
    ['is not there', ''],
    ['has two lines', 'one\ntwo'],
    ['has letters that no header takes', 'tökén'],
  ])('asks nobody with a token that %s, and does not tell it', async (_, token) => {
    process.env['WATTBANDIT_TEST_BAD_TOKEN'] = token;
    const error: Error = await open({ token: { env: 'WATTBANDIT_TEST_BAD_TOKEN' } })
      .now()
      .then(
        () => new Error('it should have failed'),
        (reason: Error) => reason,
      );
    expect(error).toMatchObject({
      kind: 'forbidden',
      message: expect.stringContaining('env WATTBANDIT_TEST_BAD_TOKEN'),
    });
    if (token !== '') expect(error.message).not.toContain(token.split('\n')[0]);
    expect(server.asked).toEqual([]);
  });
});
