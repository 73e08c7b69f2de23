/**
 * A fault campaign: hosts with pretended GPUs whose limits outlive every process, real workers, trainers, sentinels and servers,
 * and one of them is killed in each phase of a run, again and again. What must hold after each: every limit is what it was before,
 * nothing is owed, the run ended, and what was told was counted or quarantined.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { type Random, createRandom, seedFor } from '../../policy/random';
import { JobClient } from '../../worker/client';
import { isRunning } from '../../worker/processes';
import type { Totals } from '../../workflows/messages';
import { type Phase, type Victim, look, phases } from './faultPhases';
import { GpuHost } from './gpuHost';
import { jobSpec } from './job';
import { sentinelsOf } from './leaseHolders';
import { MortalServer } from './mortalServer';

const paced = join(__dirname, '..', 'activities', 'trainers', 'paced.mjs');
const heartbeatSeconds = 5;
const patienceMs = 60_000;
const lookEveryMs = 2;

export interface Blow {
  readonly phase: Phase;
  readonly victim: Victim;
  /** Of as many as there are of its kind. */
  readonly nth: number;
}

export function everyBlow(times: number): readonly Blow[] {
  const kinds = phases.flatMap((phase) => phase.victims.map((victim) => ({ phase, victim })));
  return Array.from({ length: times }, (_, nth) => kinds.map((kind) => ({ ...kind, nth }))).flat();
}

export interface Tally {
  readonly kills: number;
  readonly restored: number;
  /** By the sentinel, after the worker was killed under a changed limit. */
  readonly sentinelMs: readonly number[];
  /** Of hosts that were killed whole: nothing was owed any more when the next worker began to poll. */
  readonly recovered: number;
  readonly recoveries: number;
  readonly totals: Pick<Totals, 'told' | 'counted' | 'quarantined'>;
  readonly openSlots: number;
  /** What went wrong, with the blow that did it. */
  readonly complaints: readonly string[];
}

type Say = (said: string) => void;

/** Each lane has a server and a host of its own. */
export async function runFaults(
  binary: string,
  blows: readonly Blow[],
  lanes: number,
  say: Say = () => {},
): Promise<Tally> {
  const each = Array.from({ length: lanes }, (_, lane) => blows.filter((_blow, i) => i % lanes === lane));
  const tallies = await Promise.all(each.map((mine, lane) => runLane(binary, mine, lane, say)));
  const sum = (of: (tally: Tally) => number) => tallies.reduce((total, tally) => total + of(tally), 0);
  return {
    kills: sum(({ kills }) => kills),
    restored: sum(({ restored }) => restored),
    sentinelMs: tallies.flatMap(({ sentinelMs }) => sentinelMs),
    recovered: sum(({ recovered }) => recovered),
    recoveries: sum(({ recoveries }) => recoveries),
    totals: {
      told: sum(({ totals }) => totals.told),
      counted: sum(({ totals }) => totals.counted),
      quarantined: sum(({ totals }) => totals.quarantined),
    },
    openSlots: sum(({ openSlots }) => openSlots),
    complaints: tallies.flatMap(({ complaints }) => complaints),
  };
}

async function runLane(binary: string, blows: readonly Blow[], lane: number, say: Say): Promise<Tally> {
  const server = new MortalServer(binary);
  await server.start();
  // Two limits to choose from: a profile takes ten seconds.
  const gpus = [{ minWatts: 225 }, { minWatts: 225 }];
  const host = new GpuHost({ name: `lane-${lane}`, address: server.address, taskQueue: 'faults', gpus });
  const connection = Connection.lazy({ address: server.address });
  const bench = new Bench(server, host, new JobClient(new Client({ connection }), { taskQueue: 'faults' }), lane);
  try {
    await bench.warmUp();
    for (const blow of blows) say(await bench.strike(blow));
    return await bench.tally();
  } finally {
    await host.remove();
    await connection.close();
    await server.remove();
  }
}

class Bench {
  private readonly random: Random;
  private readonly known: string;
  private readonly jobNames = new Set<string>();
  private readonly sentinelMs: number[] = [];
  private readonly complaints: string[] = [];
  private slots = 0;
  private kills = 0;
  private restored = 0;
  private recovered = 0;
  private recoveries = 0;
  private prior: readonly number[] = [];

  constructor(
    private readonly server: MortalServer,
    private readonly host: GpuHost,
    private readonly jobs: JobClient,
    lane: number,
  ) {
    this.random = createRandom(seedFor(`faults-${lane}`));
    this.known = `known-${lane}`;
  }

  /** Trains once, undisturbed, so that later runs of this job know its profile. */
  async warmUp(): Promise<void> {
    await this.host.start();
    this.setPrior();
    await this.ended(await this.begin(this.known, 1500));
  }

  /** Answers what happened, for people. */
  async strike(blow: Blow): Promise<string> {
    const { phase, victim, nth } = blow;
    const { host, random } = this;
    this.setPrior();
    if (phase.slowDriver) host.nvml.inject({ call: 'SetPowerManagementLimit', delaySeconds: 0.15 });
    const before = look(host);
    const run = await this.begin(phase.profiles ? `new-${this.slots}-${this.known}` : this.known, 400);
    const name = `${victim} while ${phase.name} (${nth})`;
    try {
      await until(() => phase.reached(host, before), `${phase.name} of ${run.workflowId}`);
      await sleep(random.uniform() * phase.lastsMs);
      this.kills += 1;
      await this.kill(victim, blow);
      host.nvml.clearFaults();
      await this.ended(run);
      await until(() => this.isAllBack, 'all limits to be back');
      this.restored += 1;
      return `${name}: restored`;
    } catch (error) {
      const complaint = `${name}: ${String(error)}; limits ${host.limitsWatts.join()} of ${this.prior.join()}`;
      this.complaints.push(complaint);
      return complaint;
    } finally {
      host.nvml.clearFaults();
    }
  }

  async tally(): Promise<Tally> {
    const ledgers = await Promise.all([...this.jobNames].map((job) => this.jobs.ledger(job)));
    const sum = (of: 'told' | 'counted' | 'quarantined') =>
      ledgers.reduce((total, { totals }) => total + totals[of], 0);
    const open = ledgers.flatMap(({ slots }) => slots.filter(({ state }) => state.kind === 'open'));
    const { kills, restored, sentinelMs, recovered, recoveries, complaints } = this;
    const totals = { told: sum('told'), counted: sum('counted'), quarantined: sum('quarantined') };
    return { kills, restored, sentinelMs, recovered, recoveries, totals, openSlots: open.length, complaints };
  }

  /** An administrator's, another one each time. */
  private setPrior(): void {
    const { uuids } = this.host.nvml;
    this.prior = uuids.map(() => 230 + Math.floor(this.random.uniform() * 15));
    uuids.forEach((uuid, i) => this.host.nvml.setLimit(uuid, this.prior[i]!));
  }

  private async begin(job: string, epochMs: number) {
    this.jobNames.add(job);
    const spec = jobSpec({
      job,
      batchSizes: [64],
      defaultBatchSize: 64,
      gpus: { count: 2 },
      target: { metric: 'accuracy', value: 1 },
      heartbeatTimeout: heartbeatSeconds,
      trainer: {
        kind: 'process',
        command: [process.execPath, paced, this.host.logFile, String(epochMs)],
        grace: '2s',
      },
    });
    return this.jobs.startRecurrence(spec, new Date(Date.UTC(2021, 0, 1, this.slots++)));
  }

  private async kill(victim: Victim, { phase, nth }: Blow): Promise<void> {
    switch (victim) {
      case 'trainer':
        return killAll(await this.trainers());
      case 'sentinel':
        return killAll(sentinelsOf(this.host.leases));
      case 'server':
        return this.killServer(nth % 2 === 1 && phase.name === 'training');
      case 'worker':
        await this.killWorker(phase.slowDriver === true);
        return void (await this.host.start());
      case 'host':
        killAll([...sentinelsOf(this.host.leases), ...(await this.trainers())]);
        await this.host.end('SIGKILL');
        await this.host.start();
        this.recoveries += 1;
        if (this.isAllBack) this.recovered += 1;
    }
  }

  private async killWorker(slow: boolean): Promise<void> {
    const changed = this.host.limitsWatts.join() !== this.prior.join();
    const from = performance.now();
    await this.host.end('SIGKILL');
    await until(() => this.isAllBack, 'the sentinel to put the limits back');
    if (changed && !slow) this.sentinelMs.push(performance.now() - from);
  }

  /** `for long`: the host gives its run up by itself, and puts its limits back while the server is away. */
  private async killServer(forLong: boolean): Promise<void> {
    await this.server.kill();
    if (forLong) await until(() => this.isAllBack, 'the host to give up its run without the server');
    await this.server.start();
  }

  /** Process ids are given out again. */
  private async trainers(): Promise<readonly number[]> {
    const pid = this.host.log.findLast(({ what }) => what === 'begin')?.['pid'];
    return typeof pid === 'number' && (await isRunning(pid, this.host.logFile)) ? [pid] : [];
  }

  private get isAllBack(): boolean {
    return this.host.journals.length === 0 && this.host.limitsWatts.join() === this.prior.join();
  }

  /** However it ended; a server that comes back takes a while to answer. */
  private async ended(run: { readonly workflowId: string; describe(): Promise<{ status: { name: string } }> }) {
    const giveUpAt = Date.now() + patienceMs;
    for (let status = 'RUNNING'; status === 'RUNNING'; await sleep(100)) {
      status = await run.describe().then(
        (description) => description.status.name,
        () => 'RUNNING',
      );
      if (Date.now() > giveUpAt) throw new Error(`run ${run.workflowId} does not end`);
    }
  }
}

function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Gone already.
    }
  }
}

async function until(holds: () => boolean, what: string): Promise<void> {
  for (const giveUpAt = Date.now() + patienceMs; !holds(); await sleep(lookEveryMs))
    if (Date.now() > giveUpAt) throw new Error(`no end of waiting for ${what}`);
}
