/**
 * The power limit of the GPUs that one run holds. Everything that changes it goes through here, one change after the other:
 * journal, compare, set, read back; at the end the prior limit, also after a change that nobody awaited.
 */
import type { GpuDriver } from '../driver';
import type { LimitRange } from '../limits';
import type { WriteFile } from './durably';
import { reasonOf } from './errors';
import { type Holder, type Journal, journalPath, textOf } from './journal';
import { type Limit, clamp, isNear, isSame, setAll } from './limits';
import type { Restored } from './outcome';
import { settle } from './restore';

export type LimitSet =
  /** In force on all GPUs, perhaps clamped or rounded. */
  | { readonly kind: 'set'; readonly watts: number }
  /** Somebody else moved this GPU's limit: nothing was changed, nor will be while it stays. */
  | { readonly kind: 'foreign'; readonly uuid: string; readonly watts: number };

export interface LimitChange {
  readonly uuid: string;
  readonly priorWatts: number | undefined;
  readonly setWatts: readonly number[];
}

export interface Grounds {
  readonly driver: GpuDriver;
  readonly directory: string;
  readonly uuids: readonly string[];
  readonly range: LimitRange;
  readonly bootId: string;
  readonly holder: Holder;
  readonly write: WriteFile;
}

export class PowerLease {
  readonly #grounds: Grounds;
  readonly #journals = new Map<string, Journal>();
  #last: Promise<unknown> = Promise.resolve();
  #ended = false;

  constructor(grounds: Grounds) {
    this.#grounds = grounds;
  }

  get uuids(): readonly string[] {
    return this.#grounds.uuids;
  }

  /** Of every GPU, what its limit was and what it was to be; without a prior limit where nothing was changed. */
  get changes(): readonly LimitChange[] {
    return this.uuids.map((uuid) => {
      const journal = this.#journals.get(uuid);
      return { uuid, priorWatts: journal?.originalWatts, setWatts: journal?.oursWatts ?? [] };
    });
  }

  /** Sets one limit on all GPUs, or on none. */
  setPowerLimit(watts: number): Promise<LimitSet> {
    return this.#inTurn(() => this.#set(watts));
  }

  /** For the one who opened the lease. Restores what was changed and refuses changes from now on. */
  end(): Promise<readonly Restored[]> {
    this.#ended = true;
    const { driver, directory } = this.#grounds;
    return this.#inTurn(() =>
      Promise.all([...this.#journals.values()].map((one) => settle({ directory, driver }, one))),
    );
  }

  #inTurn<T>(step: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(step);
    this.#last = mine.catch(() => {});
    return mine;
  }

  async #set(watts: number): Promise<LimitSet> {
    const { driver, range, uuids } = this.#grounds;
    const gpus = `GPUs ${uuids.join(', ')}`;
    if (this.#ended) throw new Error(`Cannot set the power limit of ${gpus} to ${watts} W: the lease has ended.`);
    if (!Number.isFinite(watts)) throw new Error(`Cannot set the power limit of ${gpus} to ${watts} W: not a number.`);
    const wanted = clamp(watts, range);
    const before = await Promise.all(
      uuids.map(async (uuid): Promise<Limit> => ({ uuid, watts: await driver.powerLimitWatts(uuid) })),
    );
    const moved = before.find((limit) => this.#isForeign(limit));
    if (moved !== undefined) return { kind: 'foreign', ...moved };
    if (before.every((limit) => isSame(limit.watts, wanted))) return { kind: 'set', watts: wanted };
    // All have to come to an end: a write that is still under way would outlive the lease.
    const written = await Promise.allSettled(before.map((limit) => this.#journal(limit, wanted)));
    const failure = written.find((write) => write.status === 'rejected');
    if (failure !== undefined) throw failure.reason;
    return { kind: 'set', watts: await setAll(driver, before, wanted) };
  }

  #isForeign({ uuid, watts }: Limit): boolean {
    const journal = this.#journals.get(uuid);
    if (journal === undefined || isSame(watts, journal.originalWatts)) return false;
    return !journal.oursWatts.some((ours) => isNear(ours, watts));
  }

  async #journal({ uuid, watts: current }: Limit, wanted: number): Promise<void> {
    const { directory, write } = this.#grounds;
    const known = this.#journals.get(uuid) ?? this.#firstJournal(uuid, current);
    if (known.oursWatts.includes(wanted)) return;
    const next = { ...known, oursWatts: [...known.oursWatts, wanted] };
    // Known from here on, because a write that fails may have left a file; ours only once it is on disk.
    this.#journals.set(uuid, known);
    try {
      await write(journalPath(directory, uuid), textOf(next));
    } catch (error) {
      throw new Error(
        `Cannot set the power limit of GPU ${uuid} to ${wanted} W: its journal in ${directory} cannot be written, ${reasonOf(error)}`,
        { cause: error },
      );
    }
    this.#journals.set(uuid, next);
  }

  #firstJournal(uuid: string, originalWatts: number): Journal {
    const { holder, bootId } = this.#grounds;
    return { version: 1, uuid, bootId, originalWatts, oursWatts: [], ...holder };
  }
}
