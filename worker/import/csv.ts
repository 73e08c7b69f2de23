/** Runs as CSV: what any other system can write. */
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { failureClasses } from '../../policy/facts';
import { cannotImport, messageOf, problemsIn, readText } from './input';
import { ruleFor } from '../yamlRules';
import { type Row, type Source, mostRows } from './rows';

const mostBytes = 16 * 1024 * 1024;

const number = z
  .string()
  .regex(/^\d+(\.\d+)?(e[+-]?\d+)?$/i, 'must be a number of at least 0')
  .transform(Number)
  .pipe(z.number());
/** An empty cell: not known. */
const orUnknown = <T extends z.ZodType>(known: T) =>
  z.preprocess((cell) => (cell === '' ? null : cell), known.nullable());
const atRule = 'must be an instant with its time zone, as 2021-07-01T05:00:00Z';

const run = z.strictObject({
  batch_size: number.pipe(z.int().positive()),
  power_limit_watts: orUnknown(number.pipe(z.number().positive())),
  epochs: orUnknown(number.pipe(z.int())),
  seconds: number,
  joules: number,
  outcome: z.enum(['converged', ...failureClasses]),
  gpu_model: orUnknown(z.string()).default(null),
  at: orUnknown(z.iso.datetime({ offset: true, error: atRule }).transform((at) => new Date(at).toISOString())).default(
    null,
  ),
});
const columns = Object.keys(run.shape);
const needed = columns.filter((column) => column !== 'gpu_model' && column !== 'at');

interface Line {
  readonly cells: readonly string[];
  readonly line: number;
}

/** @throws WattbanditError */
export async function readCsv(file: string): Promise<Source> {
  const text = await readText(file, mostBytes);
  const [header, ...lines] = linesOf(file, text);
  const names = header?.cells ?? [];
  checkHeader(file, names);
  if (lines.length > mostRows) throw cannotImport(file, `it has more than ${mostRows} rows`);
  const isCutOff = !/\r?\n$/.test(text);
  // Rows that say the same are different runs, told apart by their number.
  const times = new Map<string, number>();
  const rows = lines.map((line, index) => {
    const same = line.cells.join();
    times.set(same, (times.get(same) ?? 0) + 1);
    if (isCutOff && index === lines.length - 1) return dropped(line, 'has no line end: it may be cut off');
    return rowOf(line, names, `${same}#${times.get(same)}`);
  });
  return { donor: { name: 'csv', target: null, gpuCount: null }, rows };
}

function checkHeader(file: string, names: readonly string[]): void {
  const problems = [
    ...needed.filter((column) => !names.includes(column)).map((column) => `column ${column} is missing`),
    ...names.filter((name) => !columns.includes(name)).map((name) => `column ${name.slice(0, 50)} is unknown`),
    ...(new Set(names).size === names.length ? [] : ['a column is given twice']),
  ];
  if (problems.length > 0)
    throw cannotImport(file, `${problems.slice(0, 10).join(', ')}; its header may have ${columns.join(',')}`);
}

function rowOf(line: Line, names: readonly string[], key: string): Row {
  const { cells } = line;
  if (cells.length !== names.length)
    return dropped(line, `has ${cells.length} fields where the header has ${names.length}`);
  const parsed = run.safeParse(Object.fromEntries(names.map((name, at) => [name, cells[at]])), { error: ruleFor });
  if (!parsed.success) return dropped(line, problemsIn(parsed.error));
  const { batch_size: batchSize, power_limit_watts: powerLimitWatts, gpu_model: gpuModel, ...same } = parsed.data;
  const facts = { ...same, batchSize, powerLimitWatts, gpuModel, measurements: [] };
  return { kind: 'read', place: `line ${line.line}`, key, facts, doubts: [] };
}

function dropped({ line }: Line, why: string): Row {
  return { kind: 'dropped', place: `line ${line}`, why };
}

function linesOf(file: string, text: string): readonly Line[] {
  const lines: Line[] = [];
  try {
    parse(text, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: 10_000,
      on_record: (cells, { lines: line }) => {
        lines.push({ cells, line });
        return null;
      },
    });
    return lines;
  } catch (error) {
    throw cannotImport(file, messageOf(error), error);
  }
}
