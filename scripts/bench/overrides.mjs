/**
 * The operator's word: from an update to the limits of 100 runs under way, the round trip of an update and of a bare one beside it, and
 * a flood of 2,000 signals and updates across continue-as-new, and whether a secret is found anywhere. Prints one JSON object: `npm run bench:overrides`.
 */
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { createRequire } from 'node:module';
import { onServer } from '../embedded.mjs';
import { prepare } from '../prepare.mjs';

await prepare();
const require = createRequire(import.meta.url);
// oxlint-disable-next-line import/no-unassigned-import -- it is there for what it does to `require`
require('../../test/support/register.js');
const say = (text) => console.error(text);
let figures = {};
await onServer({}, async ({ client }) => {
  const { address } = client.connection.options;
  const { floodOverrides, measureOverrides, measureUpdates } = require('../../test/support/overrideBench.ts');
  const connection = await NativeConnection.connect({ address });
  const own = new Client({ connection: await Connection.connect({ address }) });
  const bench = { client: own, connection, say };
  figures = {
    ...(await measureOverrides(bench)),
    ...(await measureUpdates(bench)),
    ...(await floodOverrides(bench)),
    ...(await countSecrets(address)),
  };
  await Promise.all([own.connection.close(), connection.close()]);
});
console.log(JSON.stringify(figures));

/** Secrets wherever one is taken, used and refused; and what was found of them. */
async function countSecrets(address) {
  const { lookForSecrets } = require('../../test/support/canaryRun.ts');
  const { planted, found } = await lookForSecrets(address);
  for (const place of found) say(`found: ${place}`);
  return { secretsPlanted: planted.size, secretsFound: found.length };
}
