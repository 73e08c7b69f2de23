/** How many recurrences a minute each policy is simulated on one core. Prints one JSON object: `npm run bench:simulate`. */
import { join } from 'node:path';
import { compiled } from '../embedded.mjs';
import { prepare, root } from '../prepare.mjs';

await prepare();
const { simulate } = compiled('simulation/simulate');
const options = {
  tracesDirectory: join(root, 'data', 'zeus'),
  gpus: ['v100', 'a40', 'rtx6000'],
  recurrences: [100],
  eta: 0.5,
};

/** The second run counts: the first one is compiled on the way. */
function recurrencesPerMinute(policy, seeds) {
  simulate({ ...options, policies: [policy], seeds: 2 });
  const began = process.hrtime.bigint();
  const { results } = simulate({ ...options, policies: [policy], seeds });
  const minutes = Number(process.hrtime.bigint() - began) / 6e10;
  return Math.round((results.length * seeds * 100) / minutes);
}

console.log(
  JSON.stringify({
    zeusRecurrencesPerMinute: recurrencesPerMinute('zeus', 20),
    wattbanditRecurrencesPerMinute: recurrencesPerMinute('wattbandit', 20),
  }),
);
