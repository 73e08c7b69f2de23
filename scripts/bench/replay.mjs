/**
 * Exports, replays and counterfactuals: decisions made again in a second of one core; seconds to export and to replay a year of hourly
 * recurrences from a server; differences in the committed corpus; how often bands of 90 % hold what truly comes of another policy on
 * Zeus's recordings. Prints one JSON object: `npm run bench:replay`. An argument
 * gives another number of recurrences than a year's, for a quick look.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cifar, compiled, hour, onServer } from '../embedded.mjs';
import { root } from '../prepare.mjs';

const job = 'year';
const recurrences = Number(process.argv[2] ?? 365 * 24);
const directory = mkdtempSync(join(tmpdir(), 'wattbandit-bench-'));
const say = (text) => console.error(text);

try {
  await onServer({}, async ({ client, withWorker }) => {
    await withWorker({}, (jobs) => live(client, jobs));
    const figures = { ...(await measure(client)), ...(await replayCorpus()), ...measureCoverage() };
    console.log(JSON.stringify(figures));
  });
} finally {
  rmSync(directory, { recursive: true, force: true });
}

/** Asks and tells for each recurrence what a host would; only the training is left out. */
async function live(client, jobs) {
  const { ask, askId, banditId, slotAt, tell } = compiled('workflows/messages');
  const { createRandom } = compiled('policy/random');
  const { run } = compiled('simulation/run');
  const { windowCharging: charging } = compiled('simulation/windowCharging');
  const world = compiled('simulation/traces')
    .loadTraces(join(root, 'data', 'zeus'), 'v100')
    .find((one) => one.job.id === 'cifar100');
  const spec = cifar({ job, batchSizes: world.job.batchSizes, attempts: 1 });
  await jobs.create(spec, { paused: true });
  const random = createRandom(1);
  const bandit = client.workflow.getHandle(banditId(job));
  for (let n = 0; n < recurrences; n++) {
    const slot = slotAt(hour(n));
    const request = { id: askId(slot, 1), slot, attempt: 1, gpus: world.gpus };
    const decision = await bandit.executeUpdate(ask, { args: [request] });
    const told = run({ world, decision, slot, attempt: 1, charging, lostAfter: null }, random);
    await bandit.executeUpdate(tell, { args: [told] });
    if (n % 1000 === 0) say(`${n} of ${recurrences} recurrences`);
  }
}

async function measure(client) {
  const { exportedLog } = compiled('worker/replay/exportedLog');
  const { sealed } = compiled('worker/exportFormat');
  const { writeNew } = compiled('worker/cli/newFile');
  const { readLogFile } = compiled('worker/replay/logFile');
  const { replayAll, isIdentical, verify } = compiled('worker/replay/replay');
  const { sourcesOfJob } = compiled('worker/replay/replaySources');
  const file = join(directory, 'year.jsonl');
  const texts = async function* () {
    for await (const line of exportedLog(client, job, { anonymise: false, wattbandit: 'bench' }))
      yield JSON.stringify(line);
  };
  const exported = await costOf(() => writeNew(file, sealed(texts())));
  say(`exported in ${JSON.stringify(exported)}`);
  const { entries } = await readLogFile(file);
  let verified;
  const again = await costOf(async () => {
    verified = verify(entries);
  });
  if (verified.decisions !== recurrences || verified.diverged > 0) throw new Error(JSON.stringify(verified));
  say(`${verified.decisions} decisions again in ${JSON.stringify(again)}`);
  const replay = await costOf(async () => {
    for await (const replayed of replayAll(sourcesOfJob(client, job, 0), { converter: {} }))
      if (!isIdentical(replayed)) throw new Error(JSON.stringify(replayed));
  });
  say(`replayed in ${JSON.stringify(replay)}`);
  return {
    decisionsPerSecond: Math.round(verified.decisions / again.cpuSeconds),
    yearExportSeconds: exported.seconds,
    yearExportCpuSeconds: exported.cpuSeconds,
    yearReplaySeconds: replay.seconds,
    yearReplayCpuSeconds: replay.cpuSeconds,
  };
}

async function replayCorpus() {
  const { replayAll, isIdentical } = compiled('worker/replay/replay');
  const { readReplaySources } = compiled('worker/replay/replaySources');
  const corpus = join(root, 'test', 'replay', 'histories');
  const files = readdirSync(corpus, { recursive: true }).filter((name) => name.endsWith('.json'));
  let [corpusHistories, mismatches] = [0, 0];
  const sources = readReplaySources(files.map((name) => join(corpus, name)));
  for await (const replayed of replayAll(sources, { converter: {} })) {
    corpusHistories += 1;
    if (!isIdentical(replayed)) mismatches += 1;
  }
  return { corpusHistories, mismatches };
}

function measureCoverage() {
  const { coverageCases, coverageOf } = compiled('simulation/coverage');
  const { listGpuModels, loadTraces } = compiled('simulation/traces');
  const traces = join(root, 'data', 'zeus');
  const worlds = listGpuModels(traces).flatMap((gpu) => loadTraces(traces, gpu));
  const policies = ['wattbandit', 'zeus', 'default'];
  const cases = coverageCases({ worlds, policies, recurrences: 30, logs: 3, seeds: 60, eta: 0.5 });
  return { counterfactualCoverage: Number(coverageOf(cases).toFixed(3)) };
}

/** By the clock, and of one core's work, which other programs do not change. */
async function costOf(work) {
  const [began, cpu] = [process.hrtime.bigint(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(cpu);
  const rounded = (seconds) => Number(seconds.toFixed(2));
  return {
    seconds: rounded(Number(process.hrtime.bigint() - began) / 1e9),
    cpuSeconds: rounded((user + system) / 1e6),
  };
}
