/** What another job exported: a warm start. */
import { z } from 'zod';
import { jsonOf } from '../../activities/json';
import type { Observation } from '../../policy/facts';
import {
  type ExportHeader,
  type ExportedFacts,
  exportHeader,
  exportedObservation,
  exportedFacts,
  unsealed,
} from '../exportFormat';
import { ruleFor } from '../yamlRules';
import { condense } from './condense';
import { cannotImport, messageOf, problemsIn, readText } from './input';
import { rememberedProfiles } from './rememberedProfiles';
import type { Row, RowFacts, Source } from './rows';

const mostBytes = 512 * 1024 * 1024;

/** @throws WattbanditError if it is no export, of another version, cut off or changed */
export async function readJobExport(file: string): Promise<Source> {
  const [first, ...lines] = unsealedLines(file, await readText(file, mostBytes));
  const header = headerOf(file, jsonOf(first ?? ''));
  const { job, target, gpuCount } = header;
  return {
    donor: { name: `job ${job}`, target, gpuCount },
    rows: condense(lines.flatMap((line, index) => rowsOf(jsonOf(line), `line ${index + 2}`))),
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

/** Decisions and orders are for people and for later checks, and what it imported itself would count twice where both are imported. */
const passedOver = z.object({ type: z.enum(['decision', 'giveUp', 'import', 'override', 'clear']) });

/** What is left of runs whose history was gone. */
const begun = z.object({
  type: z.literal('begun'),
  input: z.object({
    memory: z.unknown(),
    ledger: z
      .object({
        slots: z.array(z.object({ attempts: z.array(z.object({ observation: exportedObservation.optional() })) })),
      })
      .optional(),
  }),
});

/** A job learns from what came of its decisions. */
function rowsOf(line: unknown, place: string): readonly Row[] {
  if (passedOver.safeParse(line).success) return [];
  const beginning = begun.safeParse(line);
  if (beginning.success) {
    const { memory, ledger } = beginning.data.input;
    const attempts = ledger?.slots.flatMap((slot) => slot.attempts) ?? [];
    const runs = attempts.flatMap(({ observation }) =>
      observation === undefined ? [] : [{ type: 'observation' as const, observation }],
    );
    return [...rememberedProfiles(memory), ...runs].map((facts) => rowOf(facts, place));
  }
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
