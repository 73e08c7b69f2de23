/** The section `mlflow` of a worker's configuration. */
import { z } from 'zod';
import { secretRefSchema } from '../carbon/secret';
import { isLoopback } from '../loopback';

export const mlflowSettingsSchema = z
  .strictObject({
    trackingUri: z.url({ protocol: /^https?$/ }),
    /** Made if it is missing. */
    experiment: z.string().min(1).default('wattbandit'),
    /** For a server that wants one, as `Authorization: Bearer`. */
    token: secretRefSchema.optional(),
    /** Lets the token cross a network without TLS. */
    insecurePlaintext: z.boolean().default(false),
  })
  .refine(
    ({ trackingUri, token, insecurePlaintext }) => token === undefined || insecurePlaintext || isSafe(trackingUri),
    {
      path: ['trackingUri'],
      message: 'must be https where a token is sent, unless insecurePlaintext',
    },
  );

export type MlflowSettings = z.output<typeof mlflowSettingsSchema>;

function isSafe(uri: string): boolean {
  const { protocol, hostname } = new URL(uri);
  return protocol === 'https:' || isLoopback(hostname);
}
