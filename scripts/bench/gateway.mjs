/**
 * The gateway beside Zeus's own batch size server, both on this machine, both with a database in a file: trials as Zeus's client makes
 * them (a batch size, two reports of epochs, the final one, the end), by 1 and by 8 clients, on 1, 100 and 1,000 jobs, and one job that
 * grows old. CPU is of all processes of a server together: gateway, worker and Temporal; or Zeus's. Prints one JSON object:
 * `npm run bench:gateway`; `-- --seconds 20` measures longer.
 */
import { parseArgs } from 'node:util';
import { prepare } from '../prepare.mjs';
import { growth, row } from './gateway/load.mjs';
import { startWattbandit, startZeus } from './gateway/servers.mjs';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    jobs: { type: 'string', default: '1,100,1000' },
    clients: { type: 'string', default: '1,8' },
    trials: { type: 'string', default: '1500' },
    only: { type: 'string' },
  },
});
const numbers = (text) => text.split(',').map(Number);

await prepare();
const figures = { rows: [], growth: [] };
const starts = { wattbandit: startWattbandit, zeus: startZeus };
for (const [name, start] of Object.entries(starts)) {
  if (values.only !== undefined && values.only !== name) continue;
  const server = await start();
  try {
    for (const jobs of numbers(values.jobs))
      for (const clients of numbers(values.clients)) {
        const measured = { server: name, ...(await row(server, { jobs, clients, seconds: Number(values.seconds) })) };
        console.error(JSON.stringify(measured));
        figures.rows.push(measured);
      }
    for (const point of await growth(server, Number(values.trials))) {
      console.error(JSON.stringify({ server: name, ...point }));
      figures.growth.push({ server: name, ...point });
    }
  } finally {
    await server.stop();
  }
}
console.log(JSON.stringify(figures));
