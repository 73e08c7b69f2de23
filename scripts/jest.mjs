/**
 * Jest, as the test commands run it. A suite that fails is run once more, alone: these talk to servers and kill processes, and on a
 * machine with other work one may run out of its time. What fails again has failed; what does not is named as `FLAKED`, and wants mending.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { runChild } from './child.mjs';
import { root } from './prepare.mjs';

/** Runs the tests that the arguments name. @returns how many passed, and how many failed */
export async function runJest(args) {
  const first = await runOnce(args);
  const shaky = first.suites.filter(({ ok }) => !ok).map(({ file }) => file);
  // With many, it is not the machine.
  if (shaky.length === 0 || shaky.length > 3) return verdict(first);
  announce('FAILED, and is run again', first);
  const second = await runOnce([...projectsOf(args), '--runInBand', '--runTestsByPath', ...shaky]);
  const failedAgain = new Set(second.suites.filter(({ ok }) => !ok).map(({ file }) => file));
  announce('FLAKED', { suites: first.suites.filter(({ ok, file }) => !ok && !failedAgain.has(file)) });
  return verdict({
    code: second.code,
    suites: [...first.suites.filter(({ ok }) => ok), ...second.suites],
  });
}

const projectsOf = (args) => args.flatMap((arg, i) => (arg === '--selectProjects' ? [arg, args[i + 1]] : []));

/** A suite that could not run, a runner that died and a run without tests are failures too. */
function verdict(run) {
  announce('FAILED', run);
  const passed = sum(run.suites.map((suite) => suite.passed));
  const failed = sum(run.suites.map((suite) => (suite.ok ? 0 : Math.max(suite.failed.length, 1))));
  return { passed, failed: failed === 0 && (run.code !== 0 || passed === 0) ? 1 : failed };
}

function announce(what, { suites }) {
  for (const { ok, file, failed } of suites) {
    if (ok) continue;
    for (const test of failed.length > 0 ? failed : ['the suite could not run'])
      console.log(`${what}: ${relative(root, file)} › ${test}`);
  }
}

async function runOnce(args) {
  const directory = mkdtempSync(join(tmpdir(), 'wattbandit-jest-'));
  const results = join(directory, 'results.json');
  try {
    const program = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
    const code = await runChild([program, '--rootDir', root, ...args, '--json', '--outputFile', results]);
    const { testResults } = JSON.parse(readFileSync(results, 'utf8'));
    return {
      code,
      suites: testResults.map(({ name, status, assertionResults }) => ({
        file: name,
        ok: status !== 'failed',
        passed: assertionResults.filter((test) => test.status === 'passed').length,
        failed: assertionResults.filter((test) => test.status === 'failed').map(({ fullName }) => fullName),
      })),
    };
  } catch (error) {
    console.error(`Jest left no results: ${error.message}`);
    return { code: 1, suites: [] };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
