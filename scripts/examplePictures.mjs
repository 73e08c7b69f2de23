/** Draws the pictures of docs/images that `wattbandit plot` makes. No test runs it; whoever runs it looks at them. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compiled } from './embedded.mjs';
import { prepare, root } from './prepare.mjs';

await prepare();
const fileOf = (name) => join(root, 'docs', 'images', `${name}.svg`);

function plot(kind, trace) {
  const main = join(root, 'dist', 'worker', 'cli', 'main.js');
  execFileSync(process.execPath, [main, 'plot', kind, '--trace', trace, '--out', fileOf(kind)], { stdio: 'inherit' });
}

/** A job after so many recurrences of a recording, as its bandit knows it. */
function jobAfter(recurrences) {
  const { wattbandit } = compiled('policy');
  const { contenderNamed } = compiled('simulation/contenders');
  const { play } = compiled('simulation/experiment');
  const { scenarioNamed } = compiled('simulation/scenarios');
  const { createRandom } = compiled('policy/random');
  const [world] = compiled('simulation/traces').loadTraces(join(root, 'data', 'zeus'), 'v100', { jobs: ['cifar100'] });
  const { job } = world;
  const runs = [];
  const course = scenarioNamed('none').prepare(world, recurrences)(createRandom(1));
  const series = {
    contender: contenderNamed('wattbandit'),
    course,
    concurrency: 1,
    recurrences,
    objective: { eta: 0.5 },
  };
  play({ ...series, seed: 'pictures', onRun: (_, run) => runs.push(run) });
  const memory = runs.reduce((known, run) => wattbandit.observe(known, run, job), wattbandit.begin(job));
  const { batchSize, powerLimitWatts } = runs.at(-1);
  return { job, gpuCount: 1, eta: 0.5, memory, chosen: { batchSize, powerLimitWatts }, runs };
}

plot('pareto', 'zeus/v100/cifar100');
plot('regret', 'zeus/v100/cifar100');
plot('carbon', 'CISO/a40-resnet50-b128');
plot('power', 'zeus/a40/squad');
const { tradeOffOf } = compiled('worker/plot/jobPictures');
const { tradeOffPicture } = compiled('worker/plot/tradeOff');
const { svgFileOf } = compiled('worker/plot/picture');
writeFileSync(fileOf('paretoAfterTwo'), svgFileOf(tradeOffPicture(tradeOffOf(jobAfter(2), {}))));
