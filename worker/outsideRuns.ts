/** What those who train a job's runs themselves say to it: ask, tell, look a run up. */
import type { Client, WorkflowHandle } from '@temporalio/client';
import { banditId } from '../workflows/messages';
import {
  type OutsideAsk,
  type OutsideRun,
  type OutsideTell,
  type OutsideTold,
  type RunName,
  askOutside,
  outsideRun,
  tellOutside,
} from '../workflows/outsideMessages';
import { answered } from './answered';
import { orUnknown } from './jobs/unknownJob';

export type { OutsideAsk, OutsideRun, OutsideTell, OutsideTold } from '../workflows/outsideMessages';

/** What makes asking again harmless: without either, it would be another run. */
export type NamedAsk = OutsideAsk & ({ readonly key: string } | { readonly slot: string });

export class OutsideRuns {
  constructor(private readonly client: Client) {}

  /**
   * The update's id is the ask's, and the ledger remembers it beyond continue-as-new.
   * @throws WattbanditError `notFound` for the job, `invalid`, `unavailable` without a worker
   */
  async ask(job: string, request: NamedAsk): Promise<OutsideRun> {
    const { key, slot = '', attempt = 1 } = request;
    const updateId = `outside ${key ?? ''} ${slot}/${attempt}`;
    return orUnknown(job, () =>
      answered(() => this.bandit(job).executeUpdate(askOutside, { updateId, args: [request] })),
    );
  }

  /** Undefined for a run that was never decided, or is forgotten. @throws WattbanditError `notFound` for the job */
  async find(job: string, name: RunName): Promise<OutsideRun | undefined> {
    const found = await orUnknown(job, () => this.bandit(job).query(outsideRun, name));
    return found ?? undefined;
  }

  /**
   * Told again, it counts once, and the answer is the first one.
   * @throws WattbanditError `notFound` for the job or the run, `invalid`, `unavailable` without a worker
   */
  async tell(job: string, told: OutsideTell): Promise<OutsideTold> {
    // Not that of the recurrence that trains it: an update of that id has an answer of another shape.
    const updateId = `tell outside ${told.id}`;
    return orUnknown(job, () =>
      answered(() => this.bandit(job).executeUpdate(tellOutside, { updateId, args: [told] })),
    );
  }

  private bandit(job: string): WorkflowHandle {
    return this.client.workflow.getHandle(banditId(job));
  }
}
