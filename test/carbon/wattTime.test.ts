import { inspect } from 'node:util';
import { createSource, sourceDescriptionSchema } from '../../activities/carbon/sourceDescription';
import { describeProvider } from '../activities/providerContract';
import { type SourceBench, createClock, noon, valueAt } from '../activities/sourceContract';
import { type Behaviour, type GridServer, json, startGridServer } from '../support/gridServer';
import { type Grid, type WattTimeGrid, wattTime } from '../support/grids';

const password = 'wt-canary-3fK9';
process.env['WATTBANDIT_TEST_WT_USER'] = 'somebody';
process.env['WATTBANDIT_TEST_WT_PASSWORD'] = password;

const create = ({ baseUrl, ...options }: SourceBench, kind = 'marginal') => {
  const [username, secret] = [{ env: 'WATTBANDIT_TEST_WT_USER' }, { env: 'WATTBANDIT_TEST_WT_PASSWORD' }];
  const description = { provider: 'wattTime', kind, zone: 'CAISO_NORTH', username, password: secret, baseUrl };
  return createSource(sourceDescriptionSchema.parse(description), options);
};
const answer = (grid: Grid & Partial<WattTimeGrid>) => wattTime({ password, tokens: ['token-1'], ...grid });

describeProvider('wattTime', {
  create,
  answer,
  isQuestion: (path) => path !== '/login',
  secrets: [password, `somebody:${password}`],
});

describe('createWattTime', () => {
  let server: GridServer;
  beforeAll(async () => {
    server = await startGridServer(() => 'drop');
  });
  afterAll(() => server.stop());
  const open = (grid: Partial<WattTimeGrid> = {}, kind?: string) => {
    const { clock, pass } = createClock();
    server.asked.splice(0);
    server.behave(answer({ now: clock, valueAt, ...grid }));
    return { source: create({ clock, timeoutSeconds: 5, baseUrl: server.url }, kind), pass, clock };
  };
  const logins = () => server.asked.filter(({ url }) => url.pathname === '/login').length;

  it('reads the documented answer, pounds of a MWh as grams of a kWh', async () => {
    const { source, clock } = open();
    const meta = {
      region: 'CAISO_NORTH',
      signal_type: 'co2_moer',
      units: 'lbs_co2_per_mwh',
      model: { date: '2025-05-01' },
      data_point_period_seconds: 300,
      generated_at: '2026-11-25T12:19:00+00:00',
    };
    const data = [{ point_time: '2026-11-25T12:20:00+00:00', value: 870.0 }];
    server.behave(({ url }) => json(url.pathname === '/login' ? { token: 'token-1' } : { data, meta }));
    const reading = await source.now();
    expect(reading).toMatchObject({
      kind: 'marginal',
      factorType: null,
      validFromAt: clock().toISOString(),
      validToAt: '2026-11-25T12:25:00.000Z',
      issuedAt: '2026-11-25T12:19:00.000Z',
      status: 'estimated',
    });
    expect(reading.kind === 'marginal' && reading.gramsPerKwh).toBeCloseTo(394.625, 3);
  });

  it.each(['data_point_period_seconds', 'data_point_periods_second', 'data_point_period'])(
    'takes the length of a slot from %s',
    async (spelling) => {
      const { source } = open();
      const meta = { region: 'CAISO_NORTH', signal_type: 'co2_moer', units: 'lbs_co2_per_mwh', [spelling]: 900 };
      const data = [{ point_time: '2026-11-25T12:15:00Z', value: 870 }];
      server.behave(({ url }) => json(url.pathname === '/login' ? { token: 'token-1' } : { data, meta }));
      expect((await source.now()).validToAt).toBe('2026-11-25T12:30:00.000Z');
    },
  );

  it('refuses another unit', async () => {
    const { source } = open();
    const meta = { region: 'CAISO_NORTH', signal_type: 'co2_moer', units: 'kg_co2_per_mwh' };
    const data = [{ point_time: noon, value: 400 }];
    server.behave(({ url }) => json(url.pathname === '/login' ? { token: 'token-1' } : { data, meta }));
    await expect(source.now()).rejects.toThrow(/units/);
  });

  it.each([
    ['marginal', 'co2_moer'],
    ['average', 'co2_aoer'],
  ])('asks for the %s signal as %s', async (kind, signal) => {
    const { source } = open({}, kind);
    await source.now();
    expect(server.asked.at(-1)!.url.searchParams.get('signal_type')).toBe(signal);
  });

  it('logs in once for all who ask, and again before half an hour is over', async () => {
    const { source, pass } = open();
    await Promise.all([source.now(), source.forecast(6)]);
    expect(logins()).toBe(1);
    for (let minutes = 0; minutes < 60; minutes += 5) {
      pass(300);
      await source.now();
      expect(logins()).toBe(1 + Math.floor((minutes + 5) / 25));
    }
    expect(server.asked.filter(({ url }) => url.search !== '').map(({ headers }) => headers.authorization)).toContain(
      'Bearer token-1',
    );
  });

  it('logs in once more where the token ended early, and does not go on doing so', async () => {
    const { source, pass, clock } = open({ tokens: ['old', 'new'] });
    const good = answer({ now: clock, valueAt, tokens: ['old', 'new'] });
    const expired: Behaviour = (asked) =>
      asked.headers.authorization === 'Bearer old' ? json({ error: 'expired' }, 401) : good(asked);
    server.behave(expired);
    expect((await source.now()).kind).toBe('marginal');
    expect(logins()).toBe(2);

    server.behave((asked) => (asked.url.pathname === '/login' ? good(asked) : json({ error: 'no' }, 401)));
    pass(300);
    const before = logins();
    await expect(source.now()).rejects.toMatchObject({ kind: 'forbidden', status: 401 });
    expect(logins()).toBe(before + 1);
  });

  it('hands on what the provider warns of', async () => {
    const warnings = [{ type: 'OUT_OF_DATE', message: 'the model is old' }, 'and so am I', { odd: true }];
    const { source } = open({ warnings });
    expect((await source.now()).warnings).toEqual(['the model is old', 'and so am I']);
  });

  it('does not tell its bearer token either', async () => {
    const bearer = 'wt-bearer-canary-88';
    const { source, pass } = open({ tokens: [bearer], warnings: [`you sent ${bearer}`] });
    const reading = await source.now();
    expect(reading.warnings).toEqual(['you sent [secret]']);
    server.behave(({ headers }) => json({ message: `${headers.authorization} is not in your plan` }, 403));
    pass(300);
    const error: unknown = await source.now().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind: 'forbidden', message: expect.stringContaining('Bearer [secret] is not in') });
    const said = [error, source, reading].map((one) => inspect(one, { depth: Infinity, showHidden: true })).join();
    expect(said + JSON.stringify([error, source])).not.toContain(bearer);
  });
});
