/** Recurrences that somebody starts without the Schedule, waits for, and may stop. */
import {
  type Client,
  type WorkflowExecutionStatusName,
  type WorkflowHandle,
  WorkflowFailedError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import { rootCause } from '@temporalio/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RecurrenceResult, recurrenceId } from '../workflows/messages';
import type { JobClient } from './client';
import { WattbanditError } from './errors';

export type RecurrenceState =
  | { readonly kind: 'running' }
  | { readonly kind: 'completed'; readonly result: RecurrenceResult }
  | { readonly kind: 'cancelled' }
  /** It could not even begin. */
  | { readonly kind: 'failed'; readonly why: string };

/** How long somebody waits for the end of a recurrence, and what makes him give up before. */
export interface Patience {
  readonly seconds: number;
  readonly signal: AbortSignal;
}

export class Recurrences {
  constructor(
    private readonly client: Client,
    private readonly jobs: JobClient,
  ) {}

  /** One slot has one recurrence: one that ended is not started anew. @throws WattbanditError `notFound` for the job */
  async start(job: string, slot: string): Promise<'started' | 'known'> {
    if ((await this.statusOf(job, slot)) !== undefined) return 'known';
    const { spec } = await this.jobs.facts(job);
    await this.jobs.startRecurrence(spec, new Date(slot));
    return 'started';
  }

  /** As it is, or as it is when it ends, if that is soon enough. @throws WattbanditError `notFound` */
  async state(job: string, slot: string, patience: Patience): Promise<RecurrenceState> {
    const status = await this.statusOf(job, slot);
    if (status === undefined) throw unknownSlot(job, slot);
    if (status !== 'RUNNING') return this.ending(job, slot);
    if (patience.seconds === 0) return { kind: 'running' };
    const waiting = new AbortController();
    const signal = AbortSignal.any([waiting.signal, patience.signal]);
    const late = sleep(patience.seconds * 1000, undefined, { signal }).catch(() => undefined);
    const running = late.then((): RecurrenceState => ({ kind: 'running' }));
    const deadline = Date.now() + patience.seconds * 1000 + graceMilliseconds;
    try {
      const ended = this.client.withDeadline(deadline, () =>
        this.client.withAbortSignal(signal, () => this.ending(job, slot)),
      );
      // Given up, it fails after nobody listens any more.
      ended.catch(() => {});
      return await Promise.race([ended, running]);
    } finally {
      waiting.abort();
    }
  }

  /** @throws WattbanditError `notFound` */
  async cancel(job: string, slot: string): Promise<void> {
    if ((await this.statusOf(job, slot)) === undefined) throw unknownSlot(job, slot);
    try {
      await this.handle(job, slot).cancel();
    } catch (error) {
      // It ended by itself.
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    }
  }

  private async ending(job: string, slot: string): Promise<RecurrenceState> {
    try {
      return { kind: 'completed', result: await this.handle(job, slot).result() };
    } catch (error) {
      if (!(error instanceof WorkflowFailedError)) throw error;
      if ((await this.statusOf(job, slot)) === 'CANCELLED') return { kind: 'cancelled' };
      return { kind: 'failed', why: rootCause(error) ?? error.message };
    }
  }

  private async statusOf(job: string, slot: string): Promise<WorkflowExecutionStatusName | undefined> {
    try {
      return (await this.handle(job, slot).describe()).status.name;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return undefined;
      throw error;
    }
  }

  private handle(job: string, slot: string): WorkflowHandle<() => Promise<RecurrenceResult>> {
    return this.client.workflow.getHandle(recurrenceId(job, slot));
  }
}

/** An answer that is on its way when patience ends may still come. */
const graceMilliseconds = 1000;

function unknownSlot(job: string, slot: string): WattbanditError {
  return new WattbanditError(
    'notFound',
    `Cannot find recurrence ${slot} of job ${job}: none was started, or history has forgotten it.`,
  );
}
