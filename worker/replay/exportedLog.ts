/** A job's log as an export: the header, and a line for each entry of all runs of its bandit that Temporal still has. */
import type { Client } from '@temporalio/client';
import type { JobSpec } from '../../workflows/contracts';
import { banditId } from '../../workflows/messages';
import { type LogHeader, type Provenance, exportFormat, exportVersion } from '../exportFormat';
import { findRuns, historyOf } from './banditRuns';
import { decoderOf, logOf } from './historyLog';
import type { LogEntry } from './log';
import { beganEmpty, lineOf } from './logLines';
import { Pseudonyms } from './pseudonyms';

export interface ExportOptions {
  readonly anonymise: boolean;
  readonly wattbandit: string;
  readonly onRun?: (done: number, total: number) => void;
  /** Told before the first line. */
  readonly onMissing?: (runId: string) => void;
}

/** Oldest first. One history is held at a time. */
export async function* exportedLog(client: Client, job: string, options: ExportOptions): AsyncIterable<object> {
  const { anonymise, wattbandit, onRun, onMissing } = options;
  const { runIds, missing } = await findRuns(client, job);
  if (missing !== undefined) onMissing?.(missing);
  const decode = decoderOf(client.options.loadedDataConverter);
  const pseudonyms = anonymise ? new Pseudonyms() : undefined;
  const hidden = (entry: LogEntry) => (pseudonyms === undefined ? entry : pseudonyms.hide(entry));
  for (const [index, runId] of runIds.entries()) {
    onRun?.(index, runIds.length);
    const [begun, ...entries] = (await logOf(await historyOf(client, banditId(job), runId), decode)).map(hidden);
    if (begun?.type !== 'begun') throw new Error(`Cannot export run ${runId} of job ${job}: its history is empty.`);
    if (index === 0) {
      const runs = anonymise ? [] : runIds;
      const from = { wattbandit, node: process.versions.node, runs, missing: missing ?? null, anonymised: anonymise };
      yield headerOf(begun.input.spec, anonymise && missing !== undefined ? { ...from, missing: 'anonymous' } : from);
      if (!beganEmpty(begun.input)) yield lineOf(begun);
    }
    for (const entry of entries) yield lineOf(entry);
  }
}

function headerOf(spec: JobSpec, from: Omit<Provenance, 'runs'> & { readonly runs: readonly string[] }): LogHeader {
  const { job, batchSizes, defaultBatchSize, maxEpochs, target, gpus, trainer } = spec;
  return {
    format: exportFormat,
    version: exportVersion,
    ...{ job, exportedAt: new Date().toISOString(), batchSizes, defaultBatchSize, maxEpochs, target },
    gpuCount: gpus.count * (gpus.hosts ?? 1),
    spec: { ...spec, trainer: { kind: trainer.kind } },
    provenance: { ...from, runs: [...from.runs] },
  };
}
