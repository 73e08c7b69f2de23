/** The memory of one job, seen from outside its workflow. */
import { type Client, WorkflowExecutionAlreadyStartedError, type WorkflowHandle } from '@temporalio/client';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Observation } from '../../policy/facts';
import { withExpired } from '../../workflows/ledger';
import {
  type BanditInput,
  type ClearRequest,
  type Facts,
  type ImportAnswer,
  type ImportRequest,
  type Ledger,
  type OrderBook,
  type OverrideAnswer,
  type OverrideRequest,
  banditId,
  banditWorkflow,
  clearOverride,
  facts,
  importFacts,
  ledger,
  overrides,
  retire,
  setOverride,
} from '../../workflows/messages';
import { answered } from '../answered';
import { nothingImported, partsOf, together } from '../import/parts';
import { latestLogs } from '../replay/banditRuns';
import { type RecalledDecide, recallDecide } from '../replay/recalledDecide';
import type { Starts } from './starts';
import { orUnknown, unlessGone } from './unknownJob';

/** A bandit whose worker is alive ends within this time. */
const retireMilliseconds = 3000;

export class JobBandit {
  private readonly handle: WorkflowHandle;

  constructor(
    private readonly client: Client,
    private readonly job: string,
  ) {
    this.handle = client.workflow.getHandle(banditId(job));
  }

  /** Whether it was started; else one runs already. */
  async start(input: BanditInput, starts: Starts): Promise<boolean> {
    try {
      await this.client.workflow.start(banditWorkflow, {
        workflowId: banditId(this.job),
        ...(await starts.options(this.job, `what is known of job ${this.job}`)),
        args: [input],
      });
      return true;
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
      throw error;
    }
  }

  async isRunning(): Promise<boolean> {
    const description = await unlessGone(() => this.handle.describe());
    return description?.status.name === 'RUNNING';
  }

  async facts(): Promise<Facts> {
    return orUnknown(this.job, () => this.handle.query(facts));
  }

  /** It notices an expired lease when it is next asked; here that shows at once. */
  async ledger(): Promise<Ledger> {
    const recorded = await orUnknown(this.job, () => this.handle.query(ledger));
    return withExpired(recorded, new Date().toISOString());
  }

  async overrides(): Promise<OrderBook> {
    return orUnknown(this.job, () => this.handle.query(overrides));
  }

  async importFacts(observations: readonly Observation[]): Promise<ImportAnswer> {
    let answer = nothingImported;
    for (const part of partsOf(observations)) {
      const args: [ImportRequest] = [{ observations: part }];
      answer = together(answer, await this.told(() => this.handle.executeUpdate(importFacts, { args })));
    }
    return answer;
  }

  async setOverride(request: OverrideRequest): Promise<OverrideAnswer> {
    return this.told(() => this.handle.executeUpdate(setOverride, { args: [request] }));
  }

  async clearOverride(request: ClearRequest): Promise<readonly string[]> {
    return this.told(() => this.handle.executeUpdate(clearOverride, { args: [request] }));
  }

  async recallDecide(askId: string): Promise<RecalledDecide | undefined> {
    return orUnknown(this.job, async () => {
      for await (const entries of latestLogs(this.client, this.job)) {
        const recalled = recallDecide(entries, askId);
        if (recalled !== undefined) return recalled;
      }
      return undefined;
    });
  }

  /** Returns when it has ended: by itself as soon as a worker hears of it, else at our word. */
  async retire(): Promise<void> {
    await unlessGone(() => this.handle.signal(retire));
    const insistAt = Date.now() + retireMilliseconds;
    while (Date.now() < insistAt && (await this.isRunning())) await sleep(50);
    await unlessGone(() => this.terminate('deleted while no worker was there'));
  }

  async terminate(why: string): Promise<void> {
    await this.handle.terminate(why);
  }

  private async told<T>(update: () => Promise<T>): Promise<T> {
    return orUnknown(this.job, () => answered(update));
  }
}
