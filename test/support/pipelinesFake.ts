/**
 * An API server of Kubeflow Pipelines that behaves as version 2.17 was seen to: states, idempotence that it lacks, errors and their
 * codes. What runs is a program of the test, which gets the parameters. Every exchange is kept, to be checked against the
 * official document.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import { json } from 'node:stream/consumers';

export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly status: number;
  readonly answer: unknown;
}

export interface FakeRun {
  readonly run_id: string;
  readonly display_name: string;
  readonly experiment_id: string;
  readonly created_at: string;
  readonly runtime_config: { readonly parameters?: Readonly<Record<string, unknown>> };
  readonly pipeline_version_reference: { readonly pipeline_id: string; readonly pipeline_version_id: string };
  state: string;
}

export interface PipelinesFakeOptions {
  /** Program and arguments that stand for the pipeline's steps; the run's parameters are its variables. */
  readonly steps: (parameters: Readonly<Record<string, unknown>>) => readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Names and types of the pipeline's parameters. */
  readonly declared: Readonly<Record<string, 'string' | 'number'>>;
}

const pipelineId = randomUUID();
const versionId = randomUUID();
const unset = '1970-01-01T00:00:00Z';

export class PipelinesFake {
  readonly exchanges: Exchange[] = [];
  readonly runs: FakeRun[] = [];
  private readonly experiments: { experiment_id: string; display_name: string }[] = [];
  private readonly processes = new Map<string, ChildProcess>();
  private server: Server | undefined;
  url = '';

  constructor(private readonly options: PipelinesFakeOptions) {}

  async listen(): Promise<void> {
    this.server = createServer((request, response) => {
      void (async () => {
        const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake');
        const body = request.method === 'POST' ? await json(request).catch(() => ({})) : undefined;
        const path = pathname.replace('/apis/v2beta1', '');
        const { status, answer } = this.answer(`${request.method} ${path}`, searchParams, body as never);
        this.exchanges.push({ method: request.method ?? '', path: pathname, body, status, answer });
        response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
      })();
    }).listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    const address = this.server.address();
    this.url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  }

  close(): void {
    for (const child of this.processes.values()) child.kill('SIGKILL');
    this.server?.closeAllConnections();
    this.server?.close();
  }

  private answer(route: string, query: URLSearchParams, body: FakeRun & { display_name: string }) {
    const [, runId, action] = /^\w+ \/runs\/([^:/]+)(:terminate)?$/.exec(route) ?? [];
    if (runId !== undefined) return this.ofRun(runId, action !== undefined);
    switch (route) {
      case 'GET /experiments':
        return ok({ experiments: this.experiments.filter(({ display_name }) => named(query, display_name)) });
      case 'POST /experiments':
        return this.createExperiment(body.display_name);
      case 'GET /pipelines/names/digits':
        return ok({ pipeline_id: pipelineId, display_name: 'digits', created_at: unset });
      case `GET /pipelines/${pipelineId}/versions`:
        return ok({
          pipeline_versions: [{ pipeline_id: pipelineId, pipeline_version_id: versionId, display_name: 'v1' }],
        });
      case 'GET /runs':
        return ok({ runs: this.runs.filter(({ display_name }) => named(query, display_name)).map(shown) });
      case 'POST /runs':
        return this.createRun(body);
      default:
        // As it says it of a pipeline that is not there: an internal error.
        return refused(500, 13, `ResourceNotFoundError: ${route} not found.`);
    }
  }

  private createExperiment(display_name: string) {
    if (this.experiments.some((one) => one.display_name === display_name))
      return refused(409, 6, 'Already exist error');
    const made = { experiment_id: randomUUID(), display_name };
    this.experiments.push(made);
    return ok(made);
  }

  private createRun(body: FakeRun) {
    const { parameters = {} } = body.runtime_config;
    for (const [name, value] of Object.entries(parameters))
      if (typeof value !== this.options.declared[name])
        return refused(400, 3, `parameter ${name} is not what is declared`);
    const missing = Object.keys(this.options.declared).find((name) => parameters[name] === undefined);
    if (missing !== undefined) return refused(400, 3, `parameter ${missing} is missing`);
    const run: FakeRun = { ...body, run_id: randomUUID(), created_at: new Date().toISOString(), state: 'PENDING' };
    this.runs.push(run);
    this.launch(run, parameters);
    return ok(shown(run));
  }

  private launch(run: FakeRun, parameters: Readonly<Record<string, unknown>>): void {
    const [program = '', ...args] = this.options.steps(parameters);
    const child = spawn(program, args, { env: this.options.env, stdio: ['ignore', 'ignore', 'inherit'] });
    this.processes.set(run.run_id, child);
    run.state = 'RUNNING';
    child.once('exit', (code) => {
      run.state = run.state === 'CANCELING' ? 'CANCELED' : code === 0 ? 'SUCCEEDED' : 'FAILED';
    });
  }

  private ofRun(runId: string, terminate: boolean) {
    const run = this.runs.find(({ run_id }) => run_id === runId);
    if (run === undefined) return refused(404, 5, `Run ${runId} not found.`);
    if (!terminate) return ok(shown(run));
    if (run.state === 'RUNNING') {
      run.state = 'CANCELING';
      this.processes.get(runId)?.kill('SIGTERM');
    }
    return ok({});
  }
}

/** `finished_at` is there from the beginning. */
function shown(run: FakeRun): object {
  return { ...run, finished_at: unset };
}

function ok(answer: object) {
  return { status: 200, answer };
}

function refused(status: number, code: number, message: string) {
  return { status, answer: { code, message, details: [] } };
}

function named(query: URLSearchParams, name: string): boolean {
  const filter = query.get('filter');
  return filter === null || JSON.parse(filter).predicates[0].string_value === name;
}
