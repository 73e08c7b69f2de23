/** The report in the repository against what its command makes now, as far as that is quick. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sweepSchema } from '../../simulation/sweep';
import { loadTraces } from '../../simulation/traces';
import { fixedChoice } from '../../simulation/references';
import { choicesOf, frontOf } from '../../worker/experiment/paper/fronts';
import { jobTable } from '../../worker/experiment/paper/headlineTables';
import { makePaper, sections } from '../../worker/experiment/paper/paper';
import { planOf } from '../../worker/experiment/plan';
import { playHere } from '../../worker/experiment/playHere';
import { packagedGrids, packagedTraces } from '../../worker/packaged';

const committed = readFileSync(join(__dirname, '../../experiments/REPORT.md'), 'utf8');
const seeds = 20;
const directories = { tracesDirectory: packagedTraces, powerDirectory: packagedTraces, gridsDirectory: packagedGrids };
const sweepOf = (changes: object) => sweepSchema.parse({ version: 1, name: 'test', policies: ['default'], ...changes });
const worlds = loadTraces(packagedTraces, 'v100');

/** All between two headings. */
function sectionIn(report: string, title: string): string | undefined {
  return report.split('\n## ').find((text) => text.startsWith(title));
}

describe('REPORT.md', () => {
  it('has every section', () => {
    expect(committed.match(/^## .*/gm)).toEqual(sections.map(({ title }) => `## ${title}`));
  });

  it('is made again to the letter: savings, fronts, Chase’s headline', async () => {
    const only = ['savings', 'fronts', 'chase'];
    const { report, pictures } = await makePaper({
      ...directories,
      seeds,
      command: 'wattbandit experiment paper',
      only,
    });
    for (const { title } of sections.filter(({ name }) => only.includes(name))) {
      const again = sectionIn(report, title)?.trimEnd();
      expect(again).toBeDefined();
      expect(sectionIn(committed, title)?.trimEnd()).toBe(again);
    }
    expect(pictures).toHaveLength(6);
    // Not byte by byte: the drawing library shifts all by half a pixel where it takes a program for a test.
    const marks = (svg: string) => svg.match(/<title>.*?<\/title>|<desc.*?<\/desc>/g);
    for (const { file, svg } of pictures) {
      expect(marks(readFileSync(join(__dirname, '../../experiments', file), 'utf8'))).toEqual(marks(svg));
      expect(marks(svg)!.length).toBeGreaterThan(20);
    }
    const head = (text: string) => text.slice(0, text.indexOf('\n## ')).replace(/^Versions: .*$/m, 'Versions');
    expect(head(committed)).toBe(head(report));
  }, 120_000);

  it('is made again to the letter: a job of the comparison', async () => {
    const sweep = { gpus: ['v100'], jobs: ['squad'], policies: ['default', 'zeus', 'wattbandit', 'oracle'] };
    const rows = await playHere(planOf(sweepOf({ ...sweep, seeds, recurrences: ['2BP'] })));
    const lines = jobTable(worlds, rows, 'v100').split('\n').slice(2);
    expect(lines).toHaveLength(4);
    for (const line of lines) expect(committed.split('\n')).toContain(line);
  }, 120_000);
});

describe('pictures', () => {
  it('are there, all that the report shows and no others', () => {
    const shown = [...committed.matchAll(/^!\[.*\]\((.+)\)$/gm)].map(([, file]) => file ?? '');
    const files = readdirSync(join(__dirname, '../../experiments')).filter((file) => file.endsWith('.svg'));
    expect(shown.length).toBeGreaterThan(1);
    expect(files.toSorted()).toEqual(shown.toSorted());
  });
});

describe('frontOf', () => {
  it.each(worlds.map((world) => [world.job.id, world] as const))('%s: what is not on it is beaten', (_, world) => {
    const choices = choicesOf(world);
    const front = frontOf(choices);
    const beats = (a: (typeof choices)[number], b: (typeof choices)[number]) =>
      a.seconds <= b.seconds && a.joules <= b.joules && (a.seconds < b.seconds || a.joules < b.joules);
    expect(front.length).toBeGreaterThan(0);
    for (const one of front) expect(choices.some((other) => beats(other, one))).toBe(false);
    for (const one of choices) if (!front.includes(one)) expect(front.some((other) => beats(other, one))).toBe(true);
    const all = world.job.batchSizes.flatMap((size) =>
      world.powerLimitsFor(size).map((limit) => fixedChoice(world, size, limit, 1)),
    );
    expect(choices).toHaveLength(all.filter(({ seconds }) => seconds < Infinity).length);
  });
});
