/** Spans of a recurrence, as a collector receives them. */
import { Client } from '@temporalio/client';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { WattbanditPlugin } from '../../worker';
import { JobClient } from '../../worker/client';
import { startTracing } from '../../worker/tracing';
import { simulatedHardware } from '../support/bench';
import { jobSpec } from '../support/job';
import { testWorker } from '../support/temporal';

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
}
interface Received {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly Span[] }[] }[];
}

async function startCollector() {
  const spans: Span[] = [];
  const server = http.createServer((request, response) => {
    void json(request).then((body) => {
      for (const { scopeSpans } of (body as Received).resourceSpans)
        spans.push(...scopeSpans.flatMap((one) => one.spans));
      response.end('{}');
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const stop = () => new Promise((closed) => server.close(closed).closeAllConnections());
  return { url: `http://127.0.0.1:${port}/v1/traces`, spans, stop };
}

describe('startTracing', () => {
  it('makes one trace of a recurrence: from the client that starts it through its workflow to train', async () => {
    const collector = await startCollector();
    const tracing = await startTracing({ otlp: { url: collector.url } });
    const { plugin } = tracing;
    const plugins = [plugin, new WattbanditPlugin(simulatedHardware())];
    const workflowsPath = require.resolve('../../workflows');
    await testWorker({ plugins, workflowsPath }, async ({ client: { connection }, taskQueue }) => {
      const client = new Client({ connection, plugins: [plugin] });
      const jobs = new JobClient(client, { taskQueue });
      const spec = jobSpec({ job: `traced-${taskQueue.slice(-8)}` });
      await (await jobs.startRecurrence(spec, new Date(Date.UTC(2021, 6, 1)))).result();
    });
    await tracing.end();
    await collector.stop();
    const { spans } = collector;
    const started = spans.filter(({ name }) => name === 'StartWorkflow:recurrence');
    expect(started).toHaveLength(1);
    expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([started[0]!.traceId]));
    const parentOf = ({ parentSpanId }: Span) => spans.find(({ spanId }) => spanId === parentSpanId);
    const way: string[] = [];
    for (let span = spans.find(({ name }) => name === 'RunActivity:train'); span; span = parentOf(span))
      way.push(span.name);
    expect(way).toEqual([
      'RunActivity:train',
      'StartActivity:train',
      'RunWorkflow:recurrence',
      'StartWorkflow:recurrence',
    ]);
    expect(spans.map(({ name }) => name)).toEqual(expect.arrayContaining(['RunActivity:claimGpus', 'RunActivity:ask']));
  });
});
