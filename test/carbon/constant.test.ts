import { createSource, sourceDescriptionSchema } from '../../activities/carbon/sourceDescription';
import { type SourceBench, createClock, describeSource } from '../activities/sourceContract';

const create =
  (description: object) =>
  ({ clock, timeoutSeconds }: Partial<SourceBench>) =>
    createSource(sourceDescriptionSchema.parse({ provider: 'constant', ...description }), { clock, timeoutSeconds });

const grams = create({ kind: 'average', zone: 'PL', gramsPerKwh: 700, factorType: 'direct' });
const money = create({ kind: 'price', zone: 'home', pricePerKwh: 0.31, currency: 'EUR' });
describeSource('constant', grams);
describeSource('constant price', money);

describe('createConstant', () => {
  it('tells the same always', async () => {
    const { clock, pass } = createClock();
    const source = grams({ clock });
    expect(await source.now()).toMatchObject({ gramsPerKwh: 700, factorType: 'direct', status: 'estimated' });
    pass(86_400 * 400);
    expect(await source.now()).toMatchObject({ gramsPerKwh: 700, validFromAt: '2027-12-30T12:00:00.000Z' });
    expect((await money({ clock }).forecast(48)).map((one) => one.kind === 'price' && one.pricePerKwh)).toEqual(
      Array.from({ length: 49 }, () => 0.31),
    );
  });
});
