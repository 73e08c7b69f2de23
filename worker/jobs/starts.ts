/** How the workflows of jobs are started: on which task queue, and what Temporal's UI shows and finds of them before they run. */
import type { Client } from '@temporalio/client';
import type { RecurrenceInput } from '../../workflows/messages';
import { searchAttributePairs } from '../../workflows/searchAttributes';
import { hasSearchAttributes } from '../searchAttributes';

export class Starts {
  private asked: Promise<boolean> | undefined;

  constructor(
    private readonly client: Client,
    private readonly taskQueue: string,
  ) {}

  async options(job: string, staticSummary: string) {
    const found = (await this.hasAttributes()) ? { typedSearchAttributes: searchAttributePairs({ job }) } : {};
    return { taskQueue: this.taskQueue, staticSummary, memo: { job }, ...found };
  }

  /** Recurrences set search attributes only where there are any. */
  async flags(): Promise<Pick<RecurrenceInput, 'searchAttributes'>> {
    return (await this.hasAttributes()) ? { searchAttributes: true } : {};
  }

  /** The server is asked once. */
  hasAttributes(): Promise<boolean> {
    return (this.asked ??= hasSearchAttributes(this.client));
  }
}
