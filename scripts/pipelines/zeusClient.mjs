/** Zeus's own Python client, as its users install it, and its server, which the gateway is compared with. */
import { join } from 'node:path';
import { root } from '../prepare.mjs';
import { obtainZeus } from '../zeus.mjs';

export const tests = ['test/pipelines/zeusClient.test.ts', 'test/pipelines/zeusServer.test.ts'];

export async function install() {
  return { ZEUS_PYTHON: await obtainZeus(), ZEUS_SERVER: join(root, 'scripts', 'zeusServer.py') };
}
