/** A DAG run under way: what its task reports becomes events, its end or its silence a failure. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isReached } from '../ending';
import type { RunRequest, TrainingEvent, TrainingRun } from '../trainer';
import { type AirflowApi, type DagRunName, type TaskInstance, type TaskState, isRefusal } from './api';
import { type Said, TaskReports } from './report';
import type { AirflowSettings } from './settings';

type Failed = Extract<TrainingEvent, { kind: 'failed' }>;

/** Where the tasks of an Airflow train, and so who measures what they draw. */
export type Place =
  /** On this host, which Airflow knows by one of these names: its GPUs are held, limited and measured by us. */
  | { readonly kind: 'here'; readonly hostnames: readonly string[] }
  /** Somewhere else: the task itself says what it drew, which is passed on. */
  | { readonly kind: 'elsewhere'; draw(gpuUuid: string, joules: number): void };

export interface AirflowStart {
  readonly api: AirflowApi;
  readonly name: DagRunName;
  readonly settings: AirflowSettings;
  readonly request: RunRequest;
  readonly place: Place;
}

const over: readonly TaskState[] = ['success', 'failed', 'upstream_failed', 'skipped', 'removed'];

export class AirflowRun implements TrainingRun {
  /** Once caught up. */
  resumedAtSeconds: number | undefined;
  private readonly reports = new TaskReports();
  private readonly stopped = new AbortController();
  private readonly coming: Said[] = [];
  private ended: Failed | undefined;
  private began: number | undefined;
  private atSeconds = 0;
  private joules = 0;
  private reached = false;
  private news = '';
  private quietSeconds = 0;
  private stopping: Promise<void> | undefined;

  constructor(private readonly start: AirflowStart) {}

  /** Of a run that was under way before. Where its GPUs are ours, what they drew for each of its epochs is not known any more. */
  async catchUp(): Promise<void> {
    if (this.start.place.kind === 'elsewhere') return;
    await this.ask();
    const latest = this.coming.findLastIndex(({ event }) => event.kind === 'epoch');
    this.coming.splice(0, Math.max(0, latest));
    this.resumedAtSeconds = this.coming.at(-1)?.event.atSeconds;
  }

  /** Not before the task says so. Where it trains elsewhere, its time is not of our clock. */
  get beganAtSeconds(): number | undefined {
    return this.start.place.kind === 'here' ? (this.began ?? performance.now() / 1000) : undefined;
  }

  async next(): Promise<TrainingEvent> {
    for (;;) {
      const said = this.coming.shift();
      if (said !== undefined) return this.pass(said);
      if (this.ended !== undefined) return this.ended;
      await this.look();
    }
  }

  async stop(): Promise<void> {
    this.stopping ??= this.end();
    return this.stopping;
  }

  private pass({ event, joules = this.joules }: Said): TrainingEvent {
    const { place, request } = this.start;
    const drawn = Math.max(0, joules - this.joules);
    this.joules += drawn;
    this.atSeconds = event.atSeconds;
    if (event.kind === 'failed') this.ended = event;
    if (event.kind === 'epoch') this.reached ||= isReached(request.spec.target, event.metric);
    const { gpuUuids } = request;
    if (place.kind === 'elsewhere') for (const uuid of gpuUuids) place.draw(uuid, drawn / gpuUuids.length);
    return event;
  }

  private async look(): Promise<void> {
    const { settings } = this.start;
    try {
      await sleep(settings.poll * 1000, undefined, { signal: this.stopped.signal });
    } catch {
      return this.fail('it was stopped');
    }
    try {
      await this.ask();
    } catch (error) {
      if (isRefusal(error, 404)) return this.fail('Airflow does not know its DAG run, or the task in it, any more');
      this.hear('', error instanceof Error ? error.message : String(error));
    }
  }

  /** The states first: what is reported by the time that a task is over is all that there will be. */
  private async ask(): Promise<void> {
    const { api, name, settings } = this.start;
    const [{ state }, task] = await Promise.all([api.run(name), api.task(name, settings.task)]);
    const report = await api.xcom(name, settings.task, settings.report);
    this.hear(JSON.stringify([state, task.state, report]), 'nothing changed');
    if (this.refuses(task)) return;
    if (report !== undefined) this.take(report);
    if (state === 'success' || state === 'failed' || over.some((each) => each === task.state)) this.close(task);
  }

  private take(report: unknown): void {
    let said: readonly Said[];
    try {
      said = this.reports.read(report);
    } catch (error) {
      return this.fail(error instanceof Error ? error.message : String(error));
    }
    const { startedAtSeconds } = this.reports;
    // The same host has the same clock.
    this.began ??=
      startedAtSeconds === undefined
        ? performance.now() / 1000 - (said.at(-1)?.event.atSeconds ?? 0)
        : (performance.now() - Date.now()) / 1000 + startedAtSeconds;
    if (this.start.place.kind === 'elsewhere' && said.some(({ joules }) => joules === undefined))
      return this.fail('its report has no joules, and it trains where nobody else can measure them');
    this.coming.push(...said);
  }

  /** What GPUs of this host draw is not what a task draws on another. */
  private refuses({ hostname }: TaskInstance): boolean {
    const { place, settings } = this.start;
    if (place.kind === 'elsewhere' || hostname === null || hostname === '') return false;
    if (place.hostnames.includes(hostname)) return false;
    this.fail(
      `task ${settings.task} runs on ${hostname}, but the GPUs held for it are those of ${place.hostnames.join(' or ')}; send it there by its queue`,
    );
    return true;
  }

  /** A task that is content has reached its target; one that ended without it says that it does not get there. */
  private close({ state }: TaskInstance): void {
    const { name, settings } = this.start;
    const which = `task ${settings.task} of DAG run ${name.run}`;
    if (state !== 'success')
      return this.fail(`${which} ended as ${state ?? 'never begun'} in Airflow; see its log there`);
    if (this.reports.hasEvaluated) return this.fail(`${which} ended before the target was reached`, 'diverged');
    this.fail(`${which} ended without a report of an evaluation`);
  }

  private hear(news: string, why: string): void {
    const { poll, silence } = this.start.settings;
    this.quietSeconds = news === '' || news === this.news ? this.quietSeconds + poll : 0;
    if (news !== '') this.news = news;
    if (this.quietSeconds > silence) this.fail(`no news of it for ${silence} s: ${why}`);
  }

  private fail(detail: string, failure: Failed['failure'] = 'infrastructure'): void {
    this.ended ??= { kind: 'failed', failure, detail, atSeconds: this.atSeconds };
  }

  /** At its target a run may finish in its own way: there may be tasks that make something of the model. */
  private async end(): Promise<void> {
    this.stopped.abort();
    const { api, name, settings } = this.start;
    if (this.reached && (await this.isOverWithin(settings.grace))) return;
    for (let tries = 0; tries < mostTries; tries++) {
      const { state } = await this.insisting(() => api.run(name));
      // Airflow would let a run fail that has succeeded already; and its scheduler may overwrite what we set.
      if (state !== 'queued' && state !== 'running') return;
      await this.insisting(() => api.fail(name));
    }
    throw new Error(`Cannot stop DAG run ${name.run} of ${name.dag}: it goes on; mark it failed in Airflow.`);
  }

  private async isOverWithin(seconds: number): Promise<boolean> {
    const { api, name, settings } = this.start;
    for (const deadline = performance.now() + seconds * 1000; performance.now() < deadline;) {
      const task = await api.task(name, settings.task).catch(() => undefined);
      if (over.some((each) => each === task?.state)) return true;
      await sleep(settings.poll * 1000);
    }
    return false;
  }

  /** What could not be stopped would train on without anybody who follows it. */
  private async insisting<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await work();
      } catch (error) {
        if (tries === mostTries || isRefusal(error, 404, 403)) throw error;
        await sleep(1000);
      }
    }
  }
}

const mostTries = 5;
