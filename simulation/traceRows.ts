/** The two CSV files of a trace directory as typed rows. Format: data/zeus, from Zeus's NSDI '23 artifact. */
import { parse } from 'csv-parse/sync';

import { SimulationError } from './error';

/** What the two files are joined on, besides the batch size. */
export interface JobKey {
  readonly dataset: string;
  readonly network: string;
  readonly optimizer: string;
}

/** One recorded training run, seen at one validation target. */
export interface TrainRow extends JobKey {
  readonly batchSize: number;
  readonly target: number;
  /** First epoch at which the target was reached; null: never in that run. */
  readonly targetEpoch: number | null;
}

export interface PowerRow extends JobKey {
  readonly batchSize: number;
  readonly powerLimitWatts: number;
  readonly secondsPerEpoch: number;
  readonly averageWatts: number;
}

export function parseTrainRows(file: string, text: string): readonly TrainRow[] {
  return parseLines(file, text, ['dataset', 'network', 'optimizer', 'batch_size', 'target_metric', 'target_epoch']).map(
    (line) => ({
      ...keyOf(line),
      batchSize: wholeNumber(line, 'batch_size'),
      target: finite(line, 'target_metric'),
      // Pandas, which writes these files, marks a missing value in both ways.
      targetEpoch: /^(nan)?$/i.test(line.cell('target_epoch')) ? null : wholeNumber(line, 'target_epoch'),
    }),
  );
}

export function parsePowerRows(file: string, text: string): readonly PowerRow[] {
  return parseLines(file, text, [
    'dataset',
    'network',
    'optimizer',
    'batch_size',
    'power_limit',
    'time_per_epoch',
    'average_power',
  ]).map((line) => ({
    ...keyOf(line),
    batchSize: wholeNumber(line, 'batch_size'),
    powerLimitWatts: positive(line, 'power_limit'),
    secondsPerEpoch: positive(line, 'time_per_epoch'),
    averageWatts: positive(line, 'average_power'),
  }));
}

interface Line {
  readonly at: string;
  cell(column: string): string;
}

function keyOf(line: Line): JobKey {
  return { dataset: line.cell('dataset'), network: line.cell('network'), optimizer: line.cell('optimizer') };
}

function parseLines(file: string, text: string, columns: readonly string[]): readonly Line[] {
  const [header, ...records] = cellsOf(file, text);
  if (header === undefined)
    throw new SimulationError(`Cannot read ${file}: it is empty; give it the header ${columns.join(',')}.`);
  const missing = columns.filter((column) => !header.cells.includes(column));
  if (missing.length > 0) {
    throw new SimulationError(
      `Cannot read ${file}: column ${missing.join(', ')} is missing; its header is ${header.cells.join(',')}.`,
    );
  }
  refuseCutOff(file, text);
  return records.map(({ cells, line }) => {
    if (cells.length !== header.cells.length) {
      throw new SimulationError(
        `Cannot read ${file}:${line}: "${cells.join(',')}" has ${cells.length} fields where the header has ` +
          `${header.cells.length}; complete the line or remove it.`,
      );
    }
    return { at: `${file}:${line}`, cell: (column) => cells[header.cells.indexOf(column)] ?? '' };
  });
}

/** A number that lost its last digits still is one: only the missing line end shows. */
export function refuseCutOff(file: string, text: string): void {
  if (/\r?\n$/.test(text)) return;
  throw new SimulationError(
    `Cannot read ${file}:${text.split('\n').length}: its last line does not end, so the file may be cut off; ` +
      'fetch it again, or end the line if it is whole.',
  );
}

export interface Cells {
  readonly cells: readonly string[];
  readonly line: number;
}

export function cellsOf(file: string, text: string): readonly Cells[] {
  const records: Cells[] = [];
  try {
    parse(text, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      on_record: (cells, { lines }) => {
        records.push({ cells, line: lines });
        return cells;
      },
    });
    return records;
  } catch (cause) {
    throw new SimulationError(`Cannot read ${file}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}

function finite(line: Line, column: string): number {
  const text = line.cell(column);
  const value = Number(text);
  if (text !== '' && Number.isFinite(value)) return value;
  throw invalid(line, column, 'a number');
}

function positive(line: Line, column: string): number {
  const value = finite(line, column);
  if (value > 0) return value;
  throw invalid(line, column, 'a positive number');
}

function wholeNumber(line: Line, column: string): number {
  const value = positive(line, column);
  if (Number.isSafeInteger(value)) return value;
  throw invalid(line, column, 'a whole positive number');
}

function invalid(line: Line, column: string, rule: string): SimulationError {
  return new SimulationError(
    `Cannot read ${line.at}: ${column} is "${line.cell(column)}" and must be ${rule}; correct the line or remove it.`,
  );
}
