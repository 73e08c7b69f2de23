import { createSource, sourceDescriptionSchema } from '../../activities/carbon/sourceDescription';
import { describeProvider } from '../activities/providerContract';
import { type SourceBench, createClock } from '../activities/sourceContract';
import { type GridServer, json, startGridServer } from '../support/gridServer';
import { carbonAwareSdk } from '../support/grids';

const create = ({ baseUrl, ...options }: SourceBench) => {
  const description = { provider: 'carbonAwareSdk', kind: 'marginal', zone: 'westus', baseUrl };
  // An empty address is that of a bench without a server; the schema takes none.
  return createSource(sourceDescriptionSchema.parse(description), options);
};

describeProvider('carbonAwareSdk', { create, answer: carbonAwareSdk });

describe('createCarbonAwareSdk', () => {
  let server: GridServer;
  beforeAll(async () => {
    server = await startGridServer(() => 'drop');
  });
  afterAll(() => server.stop());
  const open = () => create({ ...createClock(), timeoutSeconds: 5, baseUrl: server.url });

  it('reads the documented answer and keeps the kind that its owner says it is', async () => {
    server.behave(() =>
      json([
        { location: 'westus', time: '2026-11-25T11:00:00+00:00', rating: 410, duration: '01:00:00' },
        { location: 'westus', time: '2026-11-25T12:00:00+00:00', rating: 393.5, duration: '00:30:00' },
      ]),
    );
    expect(await open().now()).toEqual({
      provider: 'carbonAwareSdk',
      zone: 'westus',
      kind: 'marginal',
      factorType: null,
      gramsPerKwh: 393.5,
      validFromAt: '2026-11-25T12:00:00.000Z',
      validToAt: '2026-11-25T12:30:00.000Z',
      issuedAt: null,
      status: 'estimated',
    });
  });

  it.each([
    ['none', {}],
    ['zero', { duration: '00:00:00' }],
  ])('takes a slot for the duration where that is %s', async (_, duration) => {
    server.behave(() => json([{ location: 'westus', time: '2026-11-25T12:00:00Z', rating: 393.5, ...duration }]));
    expect((await open().now()).validToAt).toBe('2026-11-25T13:00:00.000Z');
  });

  it('quotes the problem details of its backend', async () => {
    server.behave(() => ({
      status: 400,
      headers: { 'content-type': 'application/problem+json' },
      body: JSON.stringify({ title: 'ArgumentException', status: 400, detail: 'Location westus is unknown' }),
    }));
    await expect(open().now()).rejects.toThrow('status 400 (Location westus is unknown); check zone and baseUrl');
  });
});
