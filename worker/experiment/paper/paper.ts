/** The report: papers' figures from the recordings, section by section, with all it takes to make it again. */
import { provenanceOf } from '../../../activities/experiment';
import { sweepSchema } from '../../../simulation/sweep';
import { listGpuModels, loadTraces } from '../../../simulation/traces';
import { hashesOf } from '../../../simulation/tracesHashes';
import { planOf } from '../plan';
import { playHere } from '../playHere';
import { ownVersions } from '../versions';
import { chase } from './chase';
import { differences } from './differences';
import { fronts, savings } from './fronts';
import { followed } from './grid';
import { headline } from './headline';
import { learning } from './learning';
import { folded, tableOf } from './markdown';
import type { PaperContext, Picture, Section } from './section';
import { betaSweep, drift, etaSweep, overlap } from './variations';

export const sections: readonly Section[] = [
  savings,
  fronts,
  headline,
  learning,
  etaSweep,
  betaSweep,
  drift,
  overlap,
  chase,
  followed,
  differences,
];

export interface PaperOptions {
  readonly tracesDirectory: string;
  readonly powerDirectory: string;
  readonly gridsDirectory: string;
  readonly seeds: number;
  /** As it was typed, for whoever wants to make the report again. */
  readonly command: string;
  /** Names of sections; all unless given. */
  readonly only?: readonly string[];
  readonly onProgress?: (text: string) => void;
}

export interface Paper {
  readonly report: string;
  readonly pictures: readonly Picture[];
}

export async function makePaper(options: PaperOptions): Promise<Paper> {
  const context = contextOf(options);
  const pictures: Picture[] = [];
  const texts: string[] = [];
  for (const section of sections.filter(({ name }) => options.only?.includes(name) ?? true)) {
    const made = await section.make({
      ...context,
      onProgress: (text) => context.onProgress(`${section.name}: ${text}`),
    });
    pictures.push(...(made.pictures ?? []));
    texts.push(`## ${section.title}\n\n${made.text}`);
  }
  return { report: `${[headOf(options), ...texts].join('\n\n')}\n`, pictures };
}

function contextOf({ onProgress = () => {}, ...options }: PaperOptions): PaperContext {
  const { tracesDirectory, seeds } = options;
  return {
    seeds,
    worlds: listGpuModels(tracesDirectory).flatMap((gpu) => loadTraces(tracesDirectory, gpu)),
    powerDirectory: options.powerDirectory,
    gridsDirectory: options.gridsDirectory,
    onProgress,
    play: (sweep) => {
      const plan = planOf(sweepSchema.parse({ version: 1, seeds, ...sweep }), tracesDirectory);
      return playHere(plan, (done) => onProgress(`${sweep.name}: ${done} of ${plan.cells.length}`));
    },
  };
}

/** The line of versions is the only one that may differ where nothing else does. */
function headOf({ command, gridsDirectory, powerDirectory, seeds, tracesDirectory }: PaperOptions): string {
  const { wattbandit, node } = provenanceOf(ownVersions(), null);
  const files = Object.entries({
    ...hashesOf(tracesDirectory),
    ...hashesOf(powerDirectory),
    ...hashesOf(gridsDirectory),
  });
  return [
    '# Zeus’s and Chase’s figures, from their recordings',
    '',
    `Versions: wattbandit ${wattbandit}, Node ${node}.`,
    '',
    `Made by \`${command}\`; every number below comes from it, but for the columns of papers and of Zeus’s simulator. Each mean is over ${seeds} seeds,`,
    `named \`<gpu>/<job>/<scenario>/0\` to \`${seeds - 1}\`. Energy, time and cost are to accuracy, and against the default batch size at`,
    'maximum power where nothing else is said.',
    '',
    folded(
      'SHA-256 of the recordings',
      tableOf<readonly [string, string]>(
        [
          { title: 'File', cell: ([file]) => file },
          { title: 'SHA-256', cell: ([, hash]) => `\`${hash}\`` },
        ],
        files,
      ),
    ),
  ].join('\n');
}
