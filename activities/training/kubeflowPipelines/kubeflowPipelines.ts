/** Trains by runs of a pipeline of Kubeflow. What the pipeline must do is in docs/kubeflow.md. */
import type { GpuDriver } from '../../gpu/driver';
import { readCounters, totalOf } from '../kubernetes/beginning';
import { checkGpusVariable } from '../kubernetes/manifest';
import { runNameFor } from '../kubernetes/runName';
import { variablesFor } from '../processEnvironment';
import { refuseForeignSize } from '../processSettings';
import type { ReportDesk } from '../reportDesk';
import type { RunRequest, Trainer } from '../trainer';
import { PipelineRun, endsWithin } from './pipelineRun';
import type { PipelinesServer } from './pipelinesServer';
import { parametersFor, pipelineSettingsFor } from './settings';

export interface PipelinesTrainerOptions {
  readonly server: PipelinesServer;
  readonly desk: ReportDesk;
  /** Of the node that the pipeline trains on. */
  readonly gpus: GpuDriver;
  /** Its label `kubernetes.io/hostname`. */
  readonly node: string;
  readonly say?: (message: string) => void;
}

const checkpoints = '/checkpoints';
const ofAnEarlierStartMs = 120_000;

export function createPipelinesTrainer({ server, desk, gpus, node, say = () => {} }: PipelinesTrainerOptions): Trainer {
  return {
    kind: 'kubeflowPipelines',
    async start(request) {
      const { spec, gpuUuids } = request;
      refuseForeignSize(request);
      const settings = pipelineSettingsFor(spec);
      const name = runNameFor(request);
      // Refused before anything is changed.
      parametersFor(spec.job, settings, told(request, { url: '', token: '', node }));
      const experiment = await server.experiment(settings.experiment);
      const reference = await server.pipeline(settings.pipeline, settings.version);
      await endEarlier(server, name, experiment);
      const before = totalOf(await readCounters(gpus, gpuUuids));
      const drawn = async () => Math.max(0, totalOf(await readCounters(gpus, gpuUuids)) - before);
      const place = desk.open((line) => run.report(line));
      const run = new PipelineRun({ server, request, settings, drawn, close: () => place.close(), say });
      try {
        const parameters = parametersFor(
          spec.job,
          settings,
          told(request, { url: desk.url, token: place.token, node }),
        );
        const id = await server.start({
          display_name: name,
          experiment_id: experiment,
          pipeline_version_reference: reference,
          runtime_config: { parameters },
        });
        run.follow(id);
        return run;
      } catch (error) {
        place.close();
        throw error;
      }
    },
  };
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

/** Kubeflow takes the same name any number of times: what an earlier start left is ended first, for its reports are lost. */
async function endEarlier(server: PipelinesServer, name: string, experiment: string): Promise<void> {
  for (const { id, state } of await server.runsNamed(name, experiment)) {
    if (state.kind === 'ended') continue;
    await server.terminate(id);
    if (await endsWithin(server, id, ofAnEarlierStartMs)) continue;
    throw new Error(
      `Cannot start run ${name} in Kubeflow Pipelines: run ${id} of the same name does not end; terminate it.`,
    );
  }
}
