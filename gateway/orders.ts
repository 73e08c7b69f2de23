/** What may be ordered, as `policy/override.ts` has it. */
import { z } from 'zod';
import { trustLevels } from '../policy/trust';

const kind = <Kind extends string>(name: Kind) => ({ kind: z.literal(name) });
const batchSize = z.int().positive();
const powerLimitWatts = z.number().positive();

export const order = z.discriminatedUnion('kind', [
  z.strictObject({ ...kind('pinBatchSize'), batchSize }),
  z.strictObject({ ...kind('banBatchSize'), batchSize }),
  z.strictObject({ ...kind('pinPowerLimit'), powerLimitWatts }),
  z.strictObject({ ...kind('powerBound'), powerLimitWatts }),
  z.strictObject({ ...kind('eta'), eta: z.number().min(0).max(1) }),
  z.strictObject({ ...kind('slowDownBound'), maxSlowdown: z.number().min(1) }),
  z.strictObject(kind('pauseLearning')),
  z.strictObject(kind('pauseTuning')),
  z.strictObject(kind('freeze')),
  z.strictObject(kind('resume')),
  z.strictObject({ ...kind('trust'), level: z.enum(trustLevels) }),
]);
