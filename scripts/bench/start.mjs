/**
 * How long `npm start` takes with dependencies installed and no state: until the first recurrence is shown, and in all.
 * Prints one JSON object: `npm run bench:start`.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { prepare, root } from '../prepare.mjs';

await prepare();
const state = mkdtempSync(join(tmpdir(), 'wattbandit-start-'));
const began = process.hrtime.bigint();
const seconds = () => Number(process.hrtime.bigint() - began) / 1e9;
const demo = spawn(process.execPath, [join(root, 'scripts', 'start.mjs')], {
  cwd: root,
  env: { ...process.env, WATTBANDIT_STATE: state },
  stdio: ['ignore', 'pipe', 'inherit'],
});
let firstRecurrenceSeconds = null;
let recurrences = 0;
for await (const line of createInterface({ input: demo.stdout })) {
  if (!/^\d{4}-\d\d-\d\dT/.test(line)) continue;
  firstRecurrenceSeconds ??= seconds();
  recurrences += 1;
}
const exitCode = await new Promise((resolve) =>
  demo.exitCode === null ? demo.once('exit', resolve) : resolve(demo.exitCode),
);
console.log(JSON.stringify({ firstRecurrenceSeconds, totalSeconds: seconds(), recurrences, exitCode }));
rmSync(state, { recursive: true, force: true });
