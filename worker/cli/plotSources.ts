/** Where the facts of a picture come from: a server, an export, a recording, a simulation. */
import { readFile } from 'node:fs/promises';
import { SimulationError } from '../../simulation/error';
import { simulate } from '../../simulation/simulate';
import { loadTraces } from '../../simulation/traces';
import { loadCurves, loadZones } from '../../simulation/tracesCarbon';
import type { TraceWorld } from '../../simulation/traceWorld';
import { WattbanditError } from '../errors';
import { packagedGrids, packagedTraces } from '../packaged';
import type { Wanted } from '../plot/jobPictures';
import type { Picture } from '../plot/picture';
import { type FactSource, jobFacts, loggedFacts } from './plotFacts';
import type { Session } from './session';

export const pictureKinds = ['pareto', 'regret', 'carbon', 'power'] as const;
export type PictureKind = (typeof pictureKinds)[number];

export interface PlotOptions extends Wanted, FactSource {
  readonly trace?: string;
  readonly in?: string;
  readonly from?: string;
  readonly policy?: readonly string[];
  readonly seeds?: number;
  readonly recurrences?: number;
}

/** The pictures' library takes a second to load, so commands that draw nothing do without. */
export async function pictureOf(session: Session, kind: PictureKind, options: PlotOptions): Promise<Picture> {
  switch (kind) {
    case 'pareto':
      return tradeOff(session, options);
    case 'power':
      return power(session, options);
    case 'carbon':
      return carbon(session, options);
    case 'regret':
      return regret(options);
  }
}

async function tradeOff(session: Session, options: PlotOptions): Promise<Picture> {
  const { tradeOffPicture } = await import('../plot/tradeOff.js');
  const { traceTradeOff, usualEta } = await import('../plot/traceFacts.js');
  const { tradeOffOf } = await import('../plot/jobPictures.js');
  const { trace, eta = usualEta } = options;
  if (trace !== undefined) return tradeOffPicture(traceTradeOff(worldOf(trace), eta));
  return tradeOffPicture(tradeOffOf(await jobFacts(session, options), options));
}

async function power(session: Session, options: PlotOptions): Promise<Picture> {
  const { powerPicture } = await import('../plot/power.js');
  const { tracePower } = await import('../plot/traceFacts.js');
  const { powerOf } = await import('../plot/jobPictures.js');
  if (options.trace !== undefined) return powerPicture(tracePower(worldOf(options.trace), options));
  return powerPicture(powerOf(await jobFacts(session, options), options));
}

async function carbon(session: Session, options: PlotOptions): Promise<Picture> {
  const { carbonPicture } = await import('../plot/carbon.js');
  const { traceCarbon } = await import('../plot/traceCarbon.js');
  const { usualEta } = await import('../plot/traceFacts.js');
  const { carbonOf } = await import('../plot/jobPictures.js');
  const { trace, eta = usualEta, from: fromAt = '' } = options;
  if (trace === undefined) return carbonPicture(carbonOf(await loggedFacts(session, options)));
  const [zone = '', name = ''] = trace.split('/');
  const [series] = loadZones(packagedGrids, [zone]);
  const [curve] = loadCurves(packagedTraces, [name]);
  if (series === undefined || curve === undefined) throw noTrace(trace, 'zone/curve, as CISO/a40-resnet50-b128');
  return carbonPicture(traceCarbon({ series, curve, eta, fromAt }));
}

function worldOf(trace: string): TraceWorld {
  const [source, gpu = '', ...job] = trace.split('/');
  const [world] = source === 'zeus' && job.length > 0 ? loadTraces(packagedTraces, gpu, { jobs: [job.join('/')] }) : [];
  if (world === undefined) throw noTrace(trace, 'zeus/gpu/job, as zeus/v100/cifar100');
  return world;
}

function noTrace(trace: string, form: string): SimulationError {
  return new SimulationError(`Cannot read the trace ${trace}: it must be written ${form}.`);
}

async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new WattbanditError('invalid', `Cannot read ${file}: ${reason}.`, { cause });
  });
}

async function regret({ in: file, trace, eta = 0.5, ...options }: PlotOptions): Promise<Picture> {
  const { regretPicture } = await import('../plot/regret.js');
  const { band, jobsOf, regretCurvesOf } = await import('../plot/regretCurves.js');
  const results = file === undefined ? played(trace ?? '', eta, options) : await simulated(file);
  const seeds = Math.max(...results.map((result) => result.seeds));
  return regretPicture({
    title: `Cumulative regret, ${jobsOf(results)}`,
    band: `${band} (${seeds})`,
    curves: regretCurvesOf(results),
    notes: ['Profiling, probing and failed runs are charged to the run that does them.'],
  });
}

function played(trace: string, eta: number, { policy = [], seeds = 1, recurrences = 1 }: PlotOptions) {
  const { gpus, job } = worldOf(trace);
  const lengths = Array.from({ length: recurrences }, (_, index) => index + 1);
  return simulate({
    tracesDirectory: packagedTraces,
    gpus: [gpus.model],
    jobs: [job.id],
    policies: policy,
    seeds,
    recurrences: lengths,
    eta,
  }).results;
}

async function simulated(file: string) {
  const { simulationReport } = await import('../plot/regretCurves.js');
  const { jsonOf } = await import('../../activities/json.js');
  const report = simulationReport.safeParse(jsonOf(await textOf(file)));
  if (report.success) return report.data.results;
  throw new WattbanditError('invalid', `Cannot read ${file}: it is not what \`simulate -o json\` prints.`);
}
