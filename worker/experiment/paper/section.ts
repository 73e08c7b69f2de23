/** A section of the report: what it needs, and what it makes. */
import type { Row, SweepInput } from '../../../simulation/sweep';
import type { TraceWorld } from '../../../simulation/traceWorld';

export interface PaperContext {
  readonly seeds: number;
  /** Every job on every GPU of the recordings. */
  readonly worlds: readonly TraceWorld[];
  readonly powerDirectory: string;
  readonly gridsDirectory: string;
  readonly play: (sweep: Omit<SweepInput, 'version' | 'seeds'>) => Promise<readonly Row[]>;
  readonly onProgress: (text: string) => void;
}

export interface Picture {
  /** In the directory of the report. */
  readonly file: string;
  readonly title: string;
  readonly svg: string;
}

export function shown({ file, title }: Picture): string {
  return `![${title}](${file})`;
}

/** Markdown without the title, and the pictures that it shows. */
export interface Made {
  readonly text: string;
  readonly pictures?: readonly Picture[];
}

export interface Section {
  /** For `--only`, and in the addresses of headings. */
  readonly name: string;
  readonly title: string;
  make(context: PaperContext): Promise<Made>;
}
