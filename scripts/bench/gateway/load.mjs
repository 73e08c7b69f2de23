/** Trials as Zeus's client makes them, over connections that stay open. */
import { Agent, request } from 'node:http';

let registered = 0;

/** One row: requests a second, CPU per request, and how long asks and final reports took, in milliseconds. */
export async function row(server, { jobs, clients, seconds }) {
  const ids = await register(server, jobs);
  await warmUp(server, ids, clients);
  const until = performance.now() + seconds * 1000;
  const times = { ask: [], mid: [], tell: [], end: [] };
  let errors = 0;
  let turn = 0;
  const cpuBefore = server.cpuSeconds();
  const began = performance.now();
  const work = async () => {
    const client = connectTo(server.url);
    while (performance.now() < until) {
      const id = ids[turn++ % ids.length];
      errors += await trial(client, id, times);
    }
    client.close();
  };
  await Promise.all(Array.from({ length: clients }, work));
  const elapsed = (performance.now() - began) / 1000;
  const requests = Object.values(times).reduce((sum, { length }) => sum + length, 0);
  return {
    ...{ jobs, clients },
    requestsPerSecond: rounded(requests / elapsed),
    cpuMsPerRequest: rounded(((server.cpuSeconds() - cpuBefore) * 1000) / requests),
    askP50Ms: rounded(quantile(times.ask, 0.5)),
    askP99Ms: rounded(quantile(times.ask, 0.99)),
    tellP50Ms: rounded(quantile(times.tell, 0.5)),
    tellP99Ms: rounded(quantile(times.tell, 0.99)),
    errors,
  };
}

/** Both servers are measured at work, not while they wake. */
async function warmUp(server, ids, clients) {
  const client = connectTo(server.url);
  const times = { ask: [], mid: [], tell: [], end: [] };
  await Promise.all(Array.from({ length: 3 * clients }, (_, n) => trial(client, ids[n % ids.length], times)));
  client.close();
}

/** Final reports of one job with two batch sizes, of the 50 trials before each count. */
export async function growth(server, most) {
  const [id] = await register(server, 1, { batch_sizes: [32, 64], default_batch_size: 64 });
  const client = connectTo(server.url);
  const points = [];
  const times = { ask: [], mid: [], tell: [], end: [] };
  for (let trials = 1; trials <= most; trials++) {
    const errors = await trial(client, id, times);
    if (errors > 0) throw new Error(`trial ${trials} failed`);
    if (![50, 200, 500, 1000, 1500].includes(trials)) continue;
    points.push({ trials, tellP50Ms: rounded(quantile(times.tell.slice(-50), 0.5)) });
  }
  client.close();
  return points;
}

async function register(server, count, changes = {}) {
  const client = connectTo(server.url);
  const ids = Array.from({ length: count }, () => `bench-${(registered += 1)}`);
  // A few at a time, as a cluster begins its day.
  const queue = [...ids];
  const work = async () => {
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      const { status, text } = await client.send('POST', '/jobs', { ...spec, job_id: id, ...changes });
      if (status !== 201) throw new Error(`Cannot register ${id}: ${status} ${text}`);
    }
  };
  await Promise.all(Array.from({ length: 4 }, work));
  client.close();
  return ids;
}

const spec = {
  job_id_prefix: 'bench',
  batch_sizes: [8, 16, 32, 64, 128, 256],
  default_batch_size: 64,
  eta_knob: 0.5,
  beta_knob: 2,
  target_metric: 0.5,
  higher_is_better_metric: true,
  max_epochs: 100,
  num_pruning_rounds: 2,
  window_size: 0,
  mab_seed: 1,
  max_power: 300,
  number_of_gpus: 1,
  gpu_model: 'V100',
};

/** Answers how many of its requests failed. */
async function trial(client, id, times) {
  let errors = 0;
  const timed = async (kind, method, path, body) => {
    const began = performance.now();
    const { status, text } = await client.send(method, path, body);
    times[kind].push(performance.now() - began);
    if (status !== 200) errors += 1;
    return status === 200 ? JSON.parse(text) : undefined;
  };
  const of = await timed('ask', 'GET', `/jobs/batch_size?job_id=${id}`);
  if (of === undefined) return errors;
  const cost = 1000 + of.batch_size + 20 * Math.random();
  const report = (kind, epoch, metric) =>
    timed(kind, 'POST', '/report', {
      ...of,
      time: (cost / 300) * (epoch / 3),
      energy: cost * (epoch / 3),
      metric,
      current_epoch: epoch,
    });
  await report('mid', 1, 0.1);
  await report('mid', 2, 0.3);
  await report('tell', 3, 0.6);
  await timed('end', 'PATCH', '/trials', of);
  return errors;
}

function connectTo(url) {
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const { hostname, port } = new URL(url);
  const send = (method, path, body) =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const headers =
        text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
      const call = request({ agent, hostname, port, method, path, headers }, (response) => {
        let said = '';
        response.setEncoding('utf8');
        response.on('data', (piece) => {
          said += piece;
        });
        response.on('end', () => resolve({ status: response.statusCode, text: said }));
      });
      call.on('error', reject);
      call.end(text);
    });
  return { send, close: () => agent.destroy() };
}

function quantile(values, q) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? NaN;
}

const rounded = (value) => Number(value.toPrecision(3));
