/** What a worker tells its sentinel: at the start, on the command line; then a line at a time through the pipe. */
import { z } from 'zod';
import { driverDescriptionSchema } from './driverDescription';

export const ordersSchema = z.strictObject({
  directory: z.string().min(1),
  uuids: z.array(z.string().min(1)).min(1).readonly(),
  driver: driverDescriptionSchema,
  workerPid: z.int().positive(),
  workerStartedAt: z.string(),
  /** A worker that is silent for so long is killed. */
  hungAfterSeconds: z.number().positive(),
});

export type Orders = z.output<typeof ordersSchema>;

/** From the worker: it lives; all is put back. From the sentinel: it stands by, or why it cannot. */
export const lines = { alive: 'alive\n', done: 'done\n', ready: 'ready\n' } as const;
