/** A gateway on a worker of its own, and what it answers. */
import { randomUUID } from 'node:crypto';
import type { Token } from '../../gateway/access';
import { type GatewayOptions, startGateway } from '../../gateway/server';
import type { WattbanditPluginOptions } from '../../worker/plugin';
import { type Bench, onBench, simulatedHardware } from './bench';

export interface Answer {
  readonly status: number;
  /** Tests say what they expect of it. */
  readonly body: ReturnType<typeof JSON.parse>;
  readonly headers: Headers;
}

export type Call = (
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answer>;

export interface GatewayBench extends Bench {
  readonly url: string;
  readonly call: Call;
}

export interface GatewayBenchOptions {
  readonly hardware?: WattbanditPluginOptions;
  readonly tokens?: readonly Token[];
  readonly zeus?: Partial<GatewayOptions['zeus']>;
  readonly requestsPerSecond?: number;
  readonly cover?: GatewayOptions['cover'];
  /** For the whole of a test; a little less than jest's. */
  readonly limitSeconds?: number;
}

/** Whoever asks is believed, unless the hardware says otherwise. */
export async function onGateway(
  options: GatewayBenchOptions,
  test: (bench: GatewayBench) => Promise<void>,
): Promise<void> {
  const { hardware = { ...simulatedHardware(), overrides: { allowUnsigned: true } } } = options;
  const use = async (bench: Bench) => {
    const complaints: string[] = [];
    const gateway = await startGateway({
      ...{ client: bench.client, taskQueue: bench.taskQueue, host: '127.0.0.1', port: 0, version: 'test' },
      tokens: options.tokens ?? null,
      requestsPerSecond: options.requestsPerSecond ?? 10_000,
      cover: options.cover ?? { encrypted: true },
      zeus: { leaseSeconds: 86_400, policy: 'zeus', ...options.zeus },
      say: (text) => complaints.push(text),
    });
    try {
      await test({ ...bench, url: gateway.url, call: callerTo(gateway.url) });
    } finally {
      await gateway.close();
    }
    expect(complaints).toEqual([]);
  };
  await onBench(hardware, use, options.limitSeconds);
}

export function callerTo(url: string): Call {
  return async (method, path, body, headers = {}) => {
    const json: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(`${url}${path}`, { method, body: text, headers: { ...json, ...headers } });
    const said = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, body: isJson ? JSON.parse(said) : said, headers: response.headers };
  };
}

/** A job that is asked for and told from outside. */
export function externalJob(job: string, changes: object = {}) {
  return {
    ...{ version: 1, job, batchSizes: [32, 64, 128], defaultBatchSize: 64, maxEpochs: 50 },
    target: { metric: 'accuracy', value: 0.6 },
    trainer: { kind: 'external', gpus: { model: 'A40', count: 2, powerLimitsWatts: [100, 200, 300] } },
    ...changes,
  };
}

/** What Zeus's client registers (its own tests' job). */
export function zeusJob(changes: object = {}) {
  return {
    ...{ job_id: `zeus-${randomUUID().slice(0, 8)}`, job_id_prefix: 'zeus' },
    ...{ batch_sizes: [32, 64, 256, 512, 1024, 2048, 4096], default_batch_size: 1024 },
    ...{ eta_knob: 0.5, beta_knob: 2, target_metric: 0.5, higher_is_better_metric: true, max_epochs: 100 },
    ...{ num_pruning_rounds: 2, window_size: 5, mab_prior_mean: 0, mab_prior_precision: 0, mab_num_explorations: 2 },
    ...{ mab_seed: 123_456, max_power: 3000, number_of_gpus: 4, gpu_model: 'A100' },
    ...changes,
  };
}
