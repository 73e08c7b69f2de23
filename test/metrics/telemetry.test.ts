import { Runtime } from '@temporalio/worker';
import { workerConfigSchema } from '../../worker/config';
import { runWorker } from '../../worker/run';
import { installRuntime, telemetryFor } from '../../worker/telemetry';

const config = (changes: object) =>
  workerConfigSchema.parse({ version: 1, hardware: { kind: 'simulated', gpu: 'v100' }, ...changes });

describe('telemetryFor', () => {
  it('measures nothing unless the configuration says so', () => {
    expect(telemetryFor(config({}).metrics)).toEqual({});
  });

  it('serves on loopback unless the configuration says where', () => {
    const { telemetryOptions } = telemetryFor(config({ metrics: { prometheus: {} } }).metrics);
    expect(telemetryOptions).toMatchObject({ metrics: { prometheus: { bindAddress: '127.0.0.1:9464' } } });
  });
});

describe('workerConfigSchema', () => {
  it.each(['localhost:9464', '127.0.0.1', ':9464', 'http://127.0.0.1:9464'])(
    'refuses to serve metrics at %s',
    (bind) => {
      expect(() => config({ metrics: { prometheus: { bind } } })).toThrow('must be an IP address and a port');
    },
  );

  it('refuses spans to anything but HTTP', () => {
    expect(() => config({ tracing: { otlp: { url: 'grpc://127.0.0.1:4317' } } })).toThrow();
  });
});

describe('runWorker', () => {
  it('does not keep silent about metrics that nobody would see', async () => {
    installRuntime(undefined, {});
    const running = runWorker(config({ metrics: { prometheus: {} } }), { connection: { address: '127.0.0.1:1' } });
    await expect(running).rejects.toThrow('install it with telemetryFor(config.metrics) first');
    await Runtime.instance().shutdown();
  });
});
