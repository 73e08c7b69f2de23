/** One GPU, as `doctor` sees it. */
import { type Finding, fail, pass, warn } from './checks';
import type { GpuRow } from './gpuRows';
import { holderText } from './gpuRows';
import { watts } from './numbers';

export function gpuFinding(row: GpuRow): Finding {
  const check = `GPU ${row.uuid}`;
  const problems = problemsOf(row);
  const detail = [factsOf(row), ...problems.map(({ what }) => what)].join('; ');
  const fix = problems.map((problem) => problem.fix).join('; ');
  // One that cannot even be asked is broken; one that is of no use to a run may well be in order.
  if (row.energy === 'none') return fail(check, detail, fix);
  return problems.length === 0 ? pass(check, detail) : warn(check, detail, fix);
}

function factsOf(row: GpuRow): string {
  if (row.maxWatts === null) return row.model;
  const limits = `limit ${watts(row.limitWatts)} (default ${watts(row.defaultWatts)}, enforced ${watts(row.enforcedWatts)})`;
  const energy = row.energy === 'counter' ? 'energy counter' : 'energy summed from power, less exact';
  const modes = [mode('persistence', row.persistence), mode('MIG', row.mig)].filter((text) => text !== '');
  const holder = row.lease?.held === true ? [`held by ${holderText(row.lease)}`] : [];
  return [row.model, `takes ${row.minWatts} to ${row.maxWatts} W`, limits, energy, ...modes, ...holder].join(', ');
}

function mode(name: string, on: boolean | null): string {
  return on === null ? '' : `${name} ${on ? 'on' : 'off'}`;
}

interface Problem {
  readonly what: string;
  readonly fix: string;
}

function problemsOf(row: GpuRow): readonly Problem[] {
  const { uuid, reason, state, persistence, limitWatts, enforcedWatts } = row;
  const problems: Problem[] = [];
  // A debt has a finding of its own.
  if (reason !== null && state !== 'owed') problems.push(problemIn(reason));
  if (persistence === false) {
    const what = 'its limit is lost whenever no program uses it';
    problems.push({ what, fix: `start nvidia-persistenced at boot (until then: nvidia-smi -i ${uuid} -pm 1)` });
  }
  if (limitWatts !== null && enforcedWatts !== null && enforcedWatts < limitWatts) {
    const what = `something outside the driver caps it at ${enforcedWatts} W`;
    problems.push({ what, fix: 'limits above that have no effect; look at the power cap in the BMC of the host' });
  }
  return problems;
}

/** Reasons are written as ‹what›; ‹remedy›. */
function problemIn(reason: string): Problem {
  const [what = '', ...remedy] = reason.split('; ');
  return { what, fix: remedy.join('; ') || 'see the log of its driver' };
}
