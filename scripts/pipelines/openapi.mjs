/** The gateway's OpenAPI document, read by others: a validator, and Schemathesis, which makes requests of it and checks the answers. */
import { obtainPython } from '../python.mjs';

export const tests = ['test/pipelines/openapi.test.ts'];

export async function install() {
  return {
    OPENAPI_PYTHON: await obtainPython('openapi', ['schemathesis==4.32.5', 'openapi-spec-validator==0.9.0']),
  };
}
