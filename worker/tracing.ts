/**
 * OpenTelemetry spans of a worker's workflows and activities, and of what clients start. The packages are optional, so they are loaded
 * here and only if spans are wanted. Temporal's interceptors of this version are for OpenTelemetry's SDK 1.x.
 */
import type { ClientPlugin } from '@temporalio/client';
import type { WorkerPlugin } from '@temporalio/worker';
import type { SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { TracingConfig } from './config';
import { WattbanditError } from './errors';

export interface Tracing {
  /** For workers and for clients; before wattbandit's own, which takes what they configure for the workers beside. */
  readonly plugins: readonly (ClientPlugin & WorkerPlugin)[];
  /** Sends what is left to send. */
  end(): Promise<void>;
}

/** @throws WattbanditError `invalid` where the packages are missing */
export async function startTracing({ otlp }: TracingConfig): Promise<Tracing> {
  const { OTLPTraceExporter } = await needed(() => import('@opentelemetry/exporter-trace-otlp-http'));
  return traceTo(new OTLPTraceExporter({ url: otlp.url }));
}

/** Spans to an exporter of your own. A context manager and a propagator are set for the process unless it has them. */
export async function traceTo(exporter: SpanExporter): Promise<Tracing> {
  const [api, hooks, { W3CTraceContextPropagator }, { Resource }, sdk, { OpenTelemetryPlugin }] = await needed(() =>
    Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/context-async-hooks'),
      import('@opentelemetry/core'),
      import('@opentelemetry/resources'),
      import('@opentelemetry/sdk-trace-base'),
      import('@temporalio/interceptors-opentelemetry'),
    ]),
  );
  api.context.setGlobalContextManager(new hooks.AsyncLocalStorageContextManager().enable());
  api.propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  const resource = new Resource({ 'service.name': 'wattbandit' });
  const spanProcessor = new sdk.BatchSpanProcessor(exporter);
  const provider = new sdk.BasicTracerProvider({ resource, spanProcessors: [spanProcessor] });
  const tracer = provider.getTracer('wattbandit');
  return {
    plugins: [new OpenTelemetryPlugin({ resource, spanProcessor, tracer })],
    // A collector that is away must not keep a worker from ending well.
    end: () => provider.shutdown().catch(() => {}),
  };
}

const packages =
  '@temporalio/interceptors-opentelemetry@1.24 @opentelemetry/{api@1.9,core@1,context-async-hooks@1,resources@1,sdk-trace-base@1,exporter-trace-otlp-http@0.57}';

async function needed<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    throw new WattbanditError('invalid', `Cannot trace: packages are missing; \`npm install ${packages}\`.`, {
      cause: error,
    });
  }
}
