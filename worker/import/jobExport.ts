/** What another job exported: a warm start. */
import type { Observation } from '../../policy/facts';
import { type ExportHeader, type ExportedFacts, exportHeader, exportedFacts, jsonOf, unsealed } from '../exportFormat';
import { ruleFor } from '../yamlRules';
import { cannotImport, messageOf, problemsIn, readText } from './input';
import { type Row, type RowFacts, type Source, mostRows } from './rows';

const mostBytes = 64 * 1024 * 1024;

/** @throws WattbanditError if it is no export, of another version, cut off or changed */
export async function readJobExport(file: string): Promise<Source> {
  const [first, ...lines] = unsealedLines(file, await readText(file, mostBytes));
  const header = headerOf(file, jsonOf(first ?? ''));
  if (lines.length > 2 * mostRows) throw cannotImport(file, `it has more than ${2 * mostRows} lines`);
  const { job, target, gpuCount } = header;
  return {
    donor: { name: `job ${job}`, target, gpuCount },
    rows: lines.flatMap((line, index) => rowsOf(jsonOf(line), `line ${index + 2}`)),
  };
}

function unsealedLines(file: string, text: string): readonly string[] {
  try {
    return unsealed(text);
  } catch (error) {
    throw cannotImport(file, messageOf(error), error);
  }
}

function headerOf(file: string, line: unknown): ExportHeader {
  const header = exportHeader.safeParse(line, { error: ruleFor });
  if (header.success) return header.data;
  throw cannotImport(
    file,
    `its first line is not the header of an export this version reads: ${problemsIn(header.error)}`,
  );
}

/** Decisions are for people and for later checks; a job learns from what came of them. */
function rowsOf(line: unknown, place: string): readonly Row[] {
  if (typeof line === 'object' && line !== null && 'type' in line && line.type === 'decision') return [];
  const parsed = exportedFacts.safeParse(line, { error: ruleFor });
  return [parsed.success ? rowOf(parsed.data, place) : { kind: 'dropped', place, why: problemsIn(parsed.error) }];
}

function rowOf(line: ExportedFacts, place: string): Row {
  const read = { kind: 'read', place, doubts: [] } as const;
  if (line.type === 'measurements') {
    const { gpuModel, batchSize, measurements } = line;
    const none = { seconds: 0, joules: 0, epochs: 0, powerLimitWatts: null, at: null } as const;
    const facts = {
      ...none,
      gpuModel,
      batchSize,
      measurements,
      outcome: 'operator',
      detail: 'what was measured',
    } as const;
    return { ...read, key: JSON.stringify([gpuModel, measurements]), facts };
  }
  const { observation, quarantinedBecause: why } = line;
  if (why !== undefined) return { kind: 'dropped', place, why: `was quarantined there: ${why}` };
  const { id, outcome, seconds, joules } = observation;
  return { ...read, key: JSON.stringify([id, outcome, seconds, joules]), facts: factsOf(observation) };
}

/** Its id, attempt and epoch limit mean something only there. */
function factsOf(observation: Observation): RowFacts {
  const { gpuModel, batchSize, powerLimitWatts, outcome, epochs, seconds, joules, measurements } = observation;
  const { slot: at, detail, outOfMemoryBatchSizes } = observation;
  const told = { gpuModel, batchSize, powerLimitWatts, outcome, epochs, seconds, joules, measurements, at };
  return { ...told, detail, outOfMemoryBatchSizes };
}
