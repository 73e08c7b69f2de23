/**
 * OpenTelemetry spans of a worker's workflows and activities, and of what clients start, sent to a collector. The packages are optional,
 * so they are loaded here and only if spans are wanted. Temporal's interceptors of this version are for OpenTelemetry's SDK 1.x.
 */
import type { ClientPlugin } from '@temporalio/client';
import type { WorkerPlugin } from '@temporalio/worker';
import type { TracingConfig } from './config';
import { WattbanditError } from './errors';

export interface Tracing {
  /** For workers and clients; before wattbandit's own, which hands what it finds to the workers that it runs beside. */
  readonly plugin: ClientPlugin & WorkerPlugin;
  /** Sends what is left to send. */
  end(): Promise<void>;
}

/**
 * Sets a context manager and a propagator for the process, unless it has them.
 * @throws WattbanditError `invalid` where the packages are missing
 */
export async function startTracing({ otlp }: TracingConfig): Promise<Tracing> {
  const { context, propagation, hooks, core, resources, sdk, exporter, temporal } = await loadPackages();
  context.setGlobalContextManager(new hooks.AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new core.W3CTraceContextPropagator());
  const resource = new resources.Resource({ 'service.name': 'wattbandit' });
  const spanProcessor = new sdk.BatchSpanProcessor(new exporter.OTLPTraceExporter({ url: otlp.url }));
  const provider = new sdk.BasicTracerProvider({ resource, spanProcessors: [spanProcessor] });
  return {
    plugin: new temporal.OpenTelemetryPlugin({ resource, spanProcessor, tracer: provider.getTracer('wattbandit') }),
    // A collector that is away must not keep a worker from ending well.
    end: () => provider.shutdown().catch(() => {}),
  };
}

/** What has to be installed, as docs/metrics.md says it. */
export const tracingPackages =
  '@temporalio/interceptors-opentelemetry@1.24 @opentelemetry/{api@1.9,core@1,context-async-hooks@1,resources@1,sdk-trace-base@1,exporter-trace-otlp-http@0.57}';

async function loadPackages() {
  try {
    const [{ context, propagation }, hooks, core, resources, sdk, exporter, temporal] = await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/context-async-hooks'),
      import('@opentelemetry/core'),
      import('@opentelemetry/resources'),
      import('@opentelemetry/sdk-trace-base'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@temporalio/interceptors-opentelemetry'),
    ]);
    return { context, propagation, hooks, core, resources, sdk, exporter, temporal };
  } catch (error) {
    const remedy = `\`npm install ${tracingPackages}\``;
    throw new WattbanditError('invalid', `Cannot trace: packages are missing; ${remedy}.`, { cause: error });
  }
}
