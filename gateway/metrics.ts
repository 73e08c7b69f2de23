/** What the gateway counts of itself, for a Prometheus that comes to fetch it. */
import { Counter, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** From the cheapest answer to the longest wait. */
const secondsBuckets = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 15, 60];

export interface Answered {
  readonly method: string;
  /** The pattern, never the path: that holds names of jobs. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

export class GatewayMetrics {
  private readonly registry = new Registry();
  private readonly requests = new Counter({
    name: 'wattbandit_gateway_requests_total',
    help: 'Requests that were answered.',
    labelNames: ['method', 'route', 'status'] as const,
    registers: [this.registry],
  });
  private readonly seconds = new Histogram({
    name: 'wattbandit_gateway_request_seconds',
    help: 'How long answers took.',
    labelNames: ['method', 'route'] as const,
    buckets: secondsBuckets,
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  count({ method, route, status, seconds }: Answered): void {
    this.requests.inc({ method, route, status });
    this.seconds.observe({ method, route }, seconds);
  }

  async page(): Promise<{ readonly type: string; readonly text: string }> {
    return { type: this.registry.contentType, text: await this.registry.metrics() };
  }
}
