/** Tables and figures as Markdown. */

export interface Column<Row> {
  readonly title: string;
  /** Numbers stand on the right. */
  readonly number?: true;
  readonly cell: (row: Row) => string;
}

export function tableOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(({ title }) => title)),
    line(columns.map(({ number }) => (number ? '--:' : '---'))),
    ...rows.map((row) => line(columns.map(({ cell }) => cell(row)))),
  ].join('\n');
}

/** Of 1, with one digit: 0.253 is 25.3 %. */
export function percent(ratio: number): string {
  return `${signed((100 * ratio).toFixed(1))} %`;
}

/** A ratio to something as what changed: 0.253 is −74.7 %. */
export function change(ratio: number): string {
  return changed(ratio - 1, 1);
}

/** Of carbon, where tenths count. */
export function fineChange(ratio: number): string {
  return changed(ratio, 2);
}

function changed(by: number, digits: number): string {
  const text = (100 * by).toFixed(digits);
  return `${Number(text) > 0 ? '+' : ''}${signed(text)} %`;
}

export function fixed(value: number, digits: number): string {
  return signed(value.toFixed(digits));
}

/** A real minus, and none before nothing. */
function signed(text: string): string {
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
}

/** Long tables fold away. */
export function folded(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}
