/**
 * `npm run test:prometheus`: alerts and dashboard against a real Prometheus that scrapes a real worker. Ends with the line
 * `N passed, N failed`.
 */
import { deepStrictEqual, ok } from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { check, conclude, giveUp } from './checks.mjs';
import { compiled, onServer } from './embedded.mjs';
import { root } from './prepare.mjs';
import { obtainPrometheus, promtool } from './prometheus/programs.mjs';
import { freePort, startPrometheus, until } from './prometheus/server.mjs';
import { commandsIn, helpOf } from './prometheus/commands.mjs';
import { overrideInVain, runRecurrences, startWorker } from './prometheus/worker.mjs';

const grafana = join(root, 'grafana');
const read = (name) => readFileSync(join(grafana, name), 'utf8');
const alerts = parse(read('alerts.yaml')).groups.flatMap(({ rules }) => rules);
const dashboard = JSON.parse(read('wattbandit.json'));

async function checkFiles() {
  await check('promtool accepts the alert rules', () => promtool(['check', 'rules', 'alerts.yaml'], { cwd: grafana }));
  await check('promtool accepts the configuration', () =>
    promtool(['check', 'config', 'prometheus.yaml'], { cwd: grafana }),
  );
  await check('each alert is silent and fires when it should', () =>
    promtool(['test', 'rules', 'alerts.test.yaml'], { cwd: grafana }),
  );
  const tested = parse(read('alerts.test.yaml')).tests.flatMap(({ alert_rule_test: cases }) => cases);
  for (const { alert, annotations } of alerts) {
    await check(`${alert} has a test of its silence, one of its firing, and a runbook`, () => {
      const counts = tested
        .filter(({ alertname }) => alertname === alert)
        .map(({ exp_alerts: expected }) => expected.length);
      deepStrictEqual(counts.toSorted(), [0, 1]);
      ok(existsSync(join(root, annotations.runbook)), `${annotations.runbook} is missing`);
    });
  }
}

/** Each command that a runbook tells people to type, with its options, is one that its program's help knows. */
async function checkRunbooks(binary) {
  const wattbandit = [process.execPath, join(root, 'dist', 'worker', 'cli', 'main.js')];
  for (const { alert, annotations } of alerts) {
    await check(`the commands of the runbook of ${alert} exist`, () => {
      const commands = commandsIn(readFileSync(join(root, annotations.runbook), 'utf8'));
      ok(commands.length > 0, 'it has none');
      for (const { program, words, options } of commands) {
        const help = helpOf(program === 'temporal' ? [binary] : wattbandit, words);
        for (const option of options)
          ok(help.includes(`${option} `) || help.includes(`${option},`), `no ${option} in ${words}`);
      }
    });
  }
}

async function checkServed({ prometheus, client, metricsUrl }) {
  await check('Prometheus loads all alerts and reaches the worker', async () => {
    await until('up', async () => (await prometheus.query('up{job="wattbandit"} == 1')).length === 1);
    const { groups } = await prometheus.ask('rules');
    deepStrictEqual(
      groups.flatMap(({ rules }) => rules.map(({ name }) => name)),
      alerts.map(({ alert }) => alert),
    );
  });
  await runRecurrences(client, [0, 1]);
  await overrideInVain(client);
  await until('runs scraped', async () => (await prometheus.query('wattbandit_overrides_total')).length > 0);
  const { totals } = await runRecurrences(client, [2, 3, 4]);
  const sumOf = async (name) => (await prometheus.query(`sum(${name})`))[0]?.value;
  await check('what is scraped is what the ledger says', async () => {
    await until(
      'runs scraped',
      async () => (await sumOf('wattbandit_observations_total{job="scraped"}')) === totals.counted,
    );
    deepStrictEqual(await sumOf('wattbandit_decisions_total{job="scraped"}'), totals.decisions);
    deepStrictEqual(await sumOf('wattbandit_slots_total{job="scraped",outcome="ran"}'), totals.slots.ran);
    ok(
      Math.abs((await sumOf('wattbandit_energy_joules_total')) - totals.joules) <= totals.told,
      'joules, rounded run by run',
    );
  });
  await checkScraped(prometheus, metricsUrl);
}

async function checkScraped(prometheus, metricsUrl) {
  const page = await (await fetch(metricsUrl)).text();
  await check('promtool has no complaint of our metrics', () => {
    const ours = page
      .split('\n')
      .filter((line) => /^(# \w+ )?wattbandit_/.test(line))
      // Temporal's own labels of what workflows count, which promtool would have in snake case.
      .map((line) => line.replace(/,?(taskQueue|workflowType)="[^"]*"/g, ''));
    promtool(['check', 'metrics'], { input: `${ours.join('\n')}\n` });
  });
  await check('each metric of the catalogue is served', () => {
    const names = Object.keys(compiled('activities/metrics/catalogue').metricCatalogue);
    deepStrictEqual(
      names.filter((name) => !page.includes(`# TYPE ${name} `)),
      [],
    );
  });
  await check('no alert is firing or broken', async () => {
    const { groups } = await prometheus.ask('rules');
    const rules = groups.flatMap(({ rules: some }) => some);
    deepStrictEqual(
      rules.filter(({ health, state }) => health !== 'ok' || state === 'firing').map(({ name }) => name),
      [],
    );
  });
  for (const { title, targets } of dashboard.panels) {
    await check(`panel ${title} shows data`, async () => {
      for (const { expr } of targets) {
        const series = await prometheus.query(expr.replaceAll('$__rate_interval', '10m').replaceAll('$job', '.*'));
        ok(series.length > 0, `nothing comes of ${expr}`);
        ok(
          series.some(({ value }) => Number.isFinite(value)),
          `no number comes of ${expr}`,
        );
      }
    });
  }
}

async function checkWorkerDown({ prometheus, worker }) {
  await check('a worker that ended is noticed', async () => {
    await worker.stop();
    await until('down', async () => (await prometheus.query('ALERTS{alertname="WattbanditWorkerDown"}')).length === 1);
  });
}

try {
  obtainPrometheus();
  await checkFiles();
  await onServer({}, async ({ client, address, binary }) => {
    await checkRunbooks(binary);
    const metrics = `127.0.0.1:${await freePort()}`;
    const prometheus = await startPrometheus(metrics);
    const worker = startWorker(address, metrics);
    try {
      await checkServed({ prometheus, client, metricsUrl: `http://${metrics}/metrics` });
      await checkWorkerDown({ prometheus, worker });
    } finally {
      await Promise.all([prometheus.stop(), worker.stop()]);
    }
  });
} catch (error) {
  giveUp(error);
}
conclude();
