/** Trains by runs of an Airflow DAG. The contract with it is docs/pipelines.md. */
import { isDeepStrictEqual } from 'node:util';
import { ApplicationFailure } from '@temporalio/common';
import { SourceError } from '../../carbon/error';
import { failureTypes } from '../../../workflows/contracts';
import { invalidRequest } from '../processSettings';
import type { RunRequest, Trainer } from '../trainer';
import { type AirflowApi, type DagRunName, createAirflowApi, isRefusal } from './api';
import { AirflowRun, type Place } from './run';
import type { AirflowServer } from './server';
import { type AirflowSettings, type Conf, airflowSettingsFor, confFor, toldTo } from './settings';

export interface AirflowTrainerOptions {
  readonly server: AirflowServer;
  readonly place: Place;
}

export function createAirflowTrainer({ server, place }: AirflowTrainerOptions): Trainer {
  const api = createAirflowApi(server);
  return {
    kind: 'airflow',
    async start(request) {
      refuseUnfit(request);
      const { spec } = request;
      const settings = airflowSettingsFor(spec);
      const host = place.kind === 'here' ? place.hostnames[0] : undefined;
      const conf = confFor(spec, settings, toldTo(request, host));
      try {
        await refusePaused(api, spec.job, settings);
        const { name, isKnown } = await startedOrKnown(api, runNameOf(request), { settings, conf });
        const run = new AirflowRun({ api, name, settings, request, place });
        if (isKnown) await run.catchUp();
        return run;
      } catch (error) {
        throw failureFor(error, request, settings);
      }
    },
  };
}

function refuseUnfit({ batchSize, spec, node }: RunRequest): void {
  if (!spec.batchSizes.includes(batchSize)) {
    throw invalidRequest(
      `Cannot train job ${spec.job} at batch size ${batchSize}: the job allows ${spec.batchSizes.join(', ')}; mend batchSizes.`,
    );
  }
  if (node !== undefined && node.hosts.length > 1) {
    throw invalidRequest(
      `Cannot train job ${spec.job} by Airflow on several hosts: a DAG run is one; mend gpus.hosts.`,
    );
  }
}

async function refusePaused(api: AirflowApi, job: string, { dag, unpause }: AirflowSettings): Promise<void> {
  if (!(await api.isPaused(dag))) return;
  if (unpause) return api.unpause(dag);
  throw invalidRequest(
    `Cannot train job ${job}: DAG ${dag} is paused, and Airflow would leave the run in its queue for ever; unpause it, or say trainer.unpause: true.`,
  );
}

/** Ids contain what Airflow does not take in the name of a run. */
function runNameOf({ id, spec }: RunRequest): string {
  return `wattbandit~${spec.job}~${id}`.replaceAll('/', '~').replaceAll(/[^A-Za-z0-9_.~:+-]/g, '_');
}

interface Started {
  readonly name: DagRunName;
  readonly isKnown: boolean;
}

const mostRuns = 20;

interface Wanted {
  readonly settings: AirflowSettings;
  readonly conf: Conf;
}

/**
 * The run that an earlier attempt started is ours as well: it must not train twice. One that was stopped, by that attempt or by
 * Airflow, is over, and one that was told something else is another run; the next name is tried then.
 */
async function startedOrKnown(api: AirflowApi, first: string, { settings, conf }: Wanted): Promise<Started> {
  const { dag, task } = settings;
  for (let n = 1; n <= mostRuns; n++) {
    const name: DagRunName = { dag, run: n === 1 ? first : `${first}~again-${n}` };
    if (await api.trigger(name, conf)) return { name, isKnown: false };
    const known = await api.run(name);
    if (!isDeepStrictEqual(known.conf, conf)) continue;
    if (known.state === 'queued' || known.state === 'running') return { name, isKnown: true };
    // A run that is marked failed while its scheduler looks at it may end as a success of skipped tasks.
    if (known.state === 'success' && (await api.task(name, task)).state === 'success') return { name, isKnown: true };
  }
  throw new Error(`${mostRuns} runs of that name were there already`);
}

/** What waiting may mend is tried again, the rest is not. */
function failureFor(error: unknown, { spec }: RunRequest, { dag }: AirflowSettings): Error {
  if (error instanceof ApplicationFailure) return error;
  const message = `Cannot train job ${spec.job} by DAG ${dag}: ${error instanceof Error ? error.message : String(error)}`;
  if (isRefusal(error, 401, 403) || (error instanceof SourceError && error.kind === 'forbidden')) {
    const type = failureTypes.unsuitableHost;
    return ApplicationFailure.nonRetryable(`${message}; mend the login of hardware.trainer on this worker.`, type);
  }
  if (isRefusal(error, 404)) return invalidRequest(`${message}; mend trainer.dag, or deploy the DAG.`);
  if (isRefusal(error, 400, 422)) return invalidRequest(`${message}; mend trainer.conf, or the DAG's params.`);
  return new Error(message);
}
