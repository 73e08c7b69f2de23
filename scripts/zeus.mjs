/** Zeus of PyPI: its client and its batch size server. It wants pydantic 1, so it has an environment of its own. */
import { obtainPython } from './python.mjs';

export async function obtainZeus() {
  return obtainPython('zeus', [
    'zeus[bso,bso-server]==0.16.0',
    'greenlet==3.5.6',
    'aiosqlite==0.22.1',
    'httpx==0.28.1',
  ]);
}
