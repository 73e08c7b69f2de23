/** Zeus's own Python client, as its users install it, against the gateway. */
import { obtainPython } from '../python.mjs';

export const tests = ['test/pipelines/zeusClient.test.ts'];

export async function install() {
  return { ZEUS_PYTHON: await obtainPython('zeus', ['zeus[bso]==0.16.0']) };
}
