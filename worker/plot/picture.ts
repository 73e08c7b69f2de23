/** A picture: a drawing, what it says in words, and its numbers as a table. */
import { withoutVariables } from './colours';
import type { Steerable } from './steer';

export interface Table {
  readonly columns: readonly string[];
  /** The first cell of a row names it. */
  readonly rows: readonly (readonly string[])[];
}

export interface Picture {
  readonly title: string;
  /** One or two sentences for whoever does not see it. */
  readonly description: string;
  /** Its colours are CSS variables, each with the one to fall back to. */
  readonly svg: string;
  readonly table: Table;
  /** What the numbers are, and what is not shown. */
  readonly notes: readonly string[];
  /** Gives the page a slider for η. */
  readonly steerable?: Steerable;
}

/** As a file that needs no page around it: on white, in the light colours. */
export function svgFileOf({ svg }: Picture): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${withoutVariables(svg)}\n`;
}
