/** `wattbandit replay --policy`: what a job's recurrences would have cost under another policy. */
import { type CounterfactualReport, type CounterfactualResult, counterfactual } from '../../simulation/counterfactual';
import type { Band } from '../../simulation/statistics';
import { WattbanditError } from '../errors';
import type { LogEntry } from '../replay/log';
import { loggedJobOf } from '../replay/loggedJobOf';
import { contenderOf } from '../replay/policyFile';
import { duration, energy } from './numbers';
import { Progress } from './progress';
import type { Session } from './session';
import { type Column, type Style, table } from './text';

export interface PolicyOptions {
  readonly policies: readonly string[];
  readonly seeds: number;
}

export async function replayPolicy(session: Session, entries: readonly LogEntry[], options: PolicyOptions) {
  const { policies, seeds } = options;
  const contenders = await Promise.all(policies.map(contenderOf));
  const progress = new Progress(session.output);
  const onProgress = ({ name }: { readonly name: string }) => progress.say(`replaying under ${name}`);
  const report = blamingPolicies(() => counterfactual({ log: loggedJobOf(entries), contenders, seeds, onProgress }));
  progress.clear();
  session.output.one(report, (style) => reportText(report, style));
}

/** A choice that is not there to be chosen is the fault of who wrote the policy. */
function blamingPolicies<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof RangeError ? new WattbanditError('invalid', error.message, { cause: error }) : error;
  }
}

const columns: readonly Column<CounterfactualResult>[] = [
  { title: 'Policy', cell: ({ policy }) => policy },
  { title: 'Energy', align: 'right', cell: ({ joules }) => bandText(joules, energy) },
  { title: 'Time', align: 'right', cell: ({ seconds }) => bandText(seconds, duration) },
  { title: 'Carbon', align: 'right', cell: ({ grams }) => (grams === null ? '–' : bandText(grams, carbon)) },
  { title: 'Regret', align: 'right', cell: ({ regret }) => bandText(regret, (value) => value.toFixed(2)) },
  { title: 'Failed runs', align: 'right', cell: ({ failedRuns }) => bandText(failedRuns, (value) => value.toFixed(1)) },
  { title: 'Recorded', align: 'right', cell: ({ recordedShare }) => `${Math.round(recordedShare * 100)} %` },
];

function bandText({ mean, low, high }: Band, text: (value: number) => string): string {
  return low === high ? text(mean) : `${text(mean)} (${text(low)} – ${text(high)})`;
}

function carbon(grams: number): string {
  return `${(grams / 1000).toPrecision(3)} kg`;
}

function reportText({ job, recurrences, seeds, logged, results, caveats }: CounterfactualReport, style: Style): string {
  return [
    style.bold(`Job ${job}, ${recurrences} recurrences, ${seeds} worlds that its log leaves possible`),
    table(columns, [logged, ...results]),
    ...results.flatMap(armsText),
    '',
    style.dim('In brackets: the middle 90 % of worlds. Recorded: share of the energy that rests on recorded outcomes.'),
    ...caveats.map((caveat) => style.dim(`- ${caveat}`)),
  ].join('\n');
}

const mostArms = 5;

function armsText({ policy, arms }: CounterfactualResult): readonly string[] {
  const shown = arms.slice(0, mostArms).map(({ batchSize, powerLimitWatts, share, evidence }) => {
    return `  ${(100 * share).toFixed(0).padStart(3)} %  batch size ${batchSize} at ${powerLimitWatts} W  ${evidence}`;
  });
  const rest = arms.length > mostArms ? [`  and ${arms.length - mostArms} others`] : [];
  return ['', `${policy} runs`, ...shown, ...rest];
}
