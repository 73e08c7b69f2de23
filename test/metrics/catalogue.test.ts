/** What is written of metrics is what the code has. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { metricCatalogue } from '../../activities/metrics/catalogue';
import { tracingPackages } from '../../worker/tracing';

const root = join(__dirname, '..', '..');
const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');
const ours = (text: string) => [...text.matchAll(/wattbandit_[a-z_]+/g)].map(([name]) => name);
const plain = (name: string) => name.replace(/_(bucket|count|sum)$/, '');

describe('metricCatalogue', () => {
  it('is the table in docs/metrics.md: same metrics, kinds, labels and words', () => {
    const rows = read('docs', 'metrics.md')
      .split('\n')
      .filter((line) => line.startsWith('| `wattbandit_'))
      .map((line) => line.split('|').map((cell) => cell.trim()));
    const written = rows.map(([, name, kind, labels, tells]) => ({ name, kind, labels, tells }));
    expect(written).toEqual(
      Object.entries(metricCatalogue).map(([name, { kind, labels, tells }]) => ({
        name: `\`${name}\``,
        kind,
        labels: labels.map((label) => `\`${label}\``).join(', '),
        tells,
      })),
    );
  });

  it('names what it counts as Prometheus does: counters end in _total, others in their unit', () => {
    for (const [name, { kind, unit }] of Object.entries(metricCatalogue)) {
      expect(name.endsWith('_total')).toBe(kind === 'counter');
      expect(name.replace(/_total$/, '').endsWith(unit)).toBe(true);
    }
  });

  it('has labels of few values only', () => {
    const labels = new Set(Object.values(metricCatalogue).flatMap(({ labels: some }) => [...some]));
    const few = ['job', 'mode', 'outcome', 'provider', 'zone', 'kind', 'gpu', 'which'];
    expect([...labels].filter((label) => !few.includes(label))).toEqual([]);
  });
});

describe('grafana/', () => {
  it.each(['alerts.yaml', 'alerts.test.yaml', 'wattbandit.json'])(
    '%s asks for no metric that nobody measures',
    (file) => {
      const names = ours(read('grafana', file)).map(plain);
      expect(names.length).toBeGreaterThan(3);
      expect(names.filter((name) => !Object.hasOwn(metricCatalogue, name))).toEqual([]);
    },
  );

  it('shows every metric on the dashboard', () => {
    const shown = new Set(ours(read('grafana', 'wattbandit.json')).map(plain));
    expect(Object.keys(metricCatalogue).filter((name) => !shown.has(name))).toEqual([]);
  });

  it('has one runbook for each alert, and none besides', () => {
    const { groups } = parse(read('grafana', 'alerts.yaml')) as { groups: { rules: { alert: string }[] }[] };
    const alerts = groups.flatMap(({ rules }) => rules.map(({ alert }) => alert));
    expect(readdirSync(join(root, 'docs', 'runbooks')).toSorted()).toEqual(alerts.map((a) => `${a}.md`).toSorted());
  });

  it('names packages for traces that are the ones this was tested with', () => {
    const { devDependencies, peerDependencies, peerDependenciesMeta } = JSON.parse(read('package.json'));
    const needed = Object.keys(peerDependencies).filter((name) => /opentelemetry/.test(name));
    expect(needed.length).toBe(7);
    for (const name of needed) {
      expect(peerDependenciesMeta[name]).toEqual({ optional: true });
      expect(peerDependencies[name]).toBe(`^${devDependencies[name]}`);
      expect(tracingPackages).toContain(name.split('/')[1]);
    }
    expect(read('docs', 'metrics.md')).toContain(tracingPackages);
  });
});
