/** Trains by runs of a pipeline of Kubeflow. What the pipeline must do is in docs/kubeflow.md. */
import type { GpuDriver } from '../../gpu/driver';
import { type Counters, readCounters, spentSince, totalOf } from '../beginning';
import { checkGpusVariable } from '../kubernetes/manifest';
import { runNameFor } from '../kubernetes/runName';
import { variablesFor } from '../processEnvironment';
import { refuseForeignSize } from '../processSettings';
import type { Place, ReportDesk } from '../reportDesk';
import type { Outset, RunRequest, Trainer } from '../trainer';
import { PipelineRun, endsWithin } from './pipelineRun';
import type { FoundRun, NewRun, PipelinesServer } from './pipelinesServer';
import type { RunNote, RunNotes } from './runNotes';
import { type PipelineSettings, parametersFor, pipelineSettingsFor } from './settings';

export interface PipelinesTrainerOptions {
  readonly server: PipelinesServer;
  readonly desk: ReportDesk;
  readonly notes: RunNotes;
  /** Of the node that the pipeline trains on. */
  readonly gpus: GpuDriver;
  /** Its label `kubernetes.io/hostname`. */
  readonly node: string;
  readonly say?: (message: string) => void;
}

/** One start of a run. */
interface Start extends Required<PipelinesTrainerOptions> {
  readonly request: RunRequest;
  readonly settings: PipelineSettings;
  /** In Kubeflow. */
  readonly name: string;
  /** Of its GPUs, as it was asked for. */
  readonly counters: Counters;
}

const checkpoints = '/checkpoints';
const ofAnEarlierStartMs = 120_000;

export function createPipelinesTrainer(options: PipelinesTrainerOptions): Trainer {
  return {
    kind: 'kubeflowPipelines',
    async start(request) {
      const { server, gpus, node, say = () => {} } = options;
      const { spec, gpuUuids } = request;
      refuseForeignSize(request);
      const settings = pipelineSettingsFor(spec);
      // Refused before anything is changed.
      parametersFor(spec.job, settings, told(request, { url: '', token: '', node }));
      const experiment = await server.experiment(settings.experiment);
      const reference = await server.pipeline(settings.pipeline, settings.version);
      const counters = await readCounters(gpus, gpuUuids);
      const start: Start = { ...options, say, request, settings, name: runNameFor(request), counters };
      const named = await server.runsNamed(start.name, experiment);
      const left = named.filter(({ state }) => state.kind !== 'ended');
      const adopted = await adopt(start, left);
      if (adopted !== undefined) return adopted;
      await endAll(server, start.name, left);
      return begin(start, { experiment_id: experiment, pipeline_version_reference: reference });
    },
  };
}

async function begin(start: Start, where: Pick<NewRun, 'experiment_id' | 'pipeline_version_reference'>) {
  const { server, desk, notes, node, request, settings, name } = start;
  const { run, place } = listen(start);
  try {
    const { token } = place;
    await notes.write(name, { token, url: desk.url, gpuUuids: [...request.gpuUuids] });
    const parameters = parametersFor(request.spec.job, settings, told(request, { url: desk.url, token, node }));
    run.follow(await server.start({ ...where, display_name: name, runtime_config: { parameters } }));
    return run;
  } catch (error) {
    place.close();
    await notes.forget(name);
    throw error;
  }
}

/** Goes on with the run that a dead worker left, if it reports to us and all that its GPUs drew is known. */
async function adopt(start: Start, left: readonly FoundRun[]): Promise<PipelineRun | undefined> {
  const { desk, notes, gpus, request, name, counters } = start;
  const [found, ...others] = left;
  const note = await notes.read(name);
  if (found === undefined || others.length > 0 || note === undefined) return undefined;
  const isHere = note.url === desk.url && note.gpuUuids.join() === request.gpuUuids.join();
  const spent = note.began && (await spentSince(note.began, counters, gpus));
  if (!isHere || (note.began !== undefined && spent === undefined)) return undefined;
  const { run } = listen(start, note, spent && { epochs: 0, ...spent });
  run.follow(found.id);
  await run.caughtUp;
  return run;
}

function listen(start: Start, note?: RunNote, adopted?: Outset) {
  const { desk, notes, gpus, request, name, counters, ...rest } = start;
  const place: Place = desk.open((line) => run.report(line), note?.token);
  const { token } = place;
  const noteBeginning = async () => {
    const now = await readCounters(gpus, request.gpuUuids);
    const began = { at: new Date().toISOString(), joules: { ...now } };
    await notes.write(name, { token, url: desk.url, gpuUuids: [...request.gpuUuids], began });
    return Math.max(0, totalOf(now) - totalOf(counters));
  };
  const parts = { ...rest, request, place, noteBeginning, forget: () => notes.forget(name) };
  const run: PipelineRun = new PipelineRun(parts, adopted);
  return { run, place };
}

interface Reporting {
  readonly url: string;
  readonly token: string;
  readonly node: string;
}

function told(request: RunRequest, { url, token, node }: Reporting): Readonly<Record<string, string>> {
  const directory = `${checkpoints}/${runNameFor({ id: request.id, spec: request.spec })}`;
  const { WATTBANDIT_REPORT_FD: _, WATTBANDIT_REQUEST_FD: __, ...variables } = variablesFor(request, directory);
  return {
    ...variables,
    WATTBANDIT_REPORT_URL: url,
    WATTBANDIT_REPORT_TOKEN: token,
    WATTBANDIT_NODE: node,
    [checkGpusVariable]: '1',
  };
}

/** Kubeflow takes the same name any number of times: what cannot be gone on with is ended before another is started. */
async function endAll(server: PipelinesServer, name: string, left: readonly FoundRun[]): Promise<void> {
  for (const { id } of left) {
    await server.terminate(id);
    if (await endsWithin(server, id, ofAnEarlierStartMs)) continue;
    throw new Error(
      `Cannot start run ${name} in Kubeflow Pipelines: run ${id} of the same name does not end; terminate it.`,
    );
  }
}
