/**
 * The slider for η of a page. This function runs in the page as it is, with what it needs handed in; the cost is the policy's own
 * function, so that page and policy cannot disagree.
 */
import type { zeusCostJoules } from '../../policy/cost';
import type { Frame, cheapestOf, isoCostPath, placeOf } from './isoCost';

/** What a page needs to move the line of equal cost. */
export interface Steerable {
  readonly eta: number;
  readonly maxPowerWatts: number;
  readonly frame: Frame;
  readonly runs: readonly NamedRun[];
}

export interface NamedRun {
  /** As `batch size 128, 100 W`. */
  readonly name: string;
  readonly words: string;
  readonly seconds: number;
  readonly joules: number;
}

/** As much of a document as is needed. */
export interface Page {
  getElementById(id: string): Part | null;
}

interface Part {
  readonly value?: string;
  textContent: string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  addEventListener(event: 'input', listen: () => void): void;
}

export interface Functions {
  readonly zeusCostJoules: typeof zeusCostJoules;
  readonly cheapestOf: typeof cheapestOf;
  readonly isoCostPath: typeof isoCostPath;
  readonly placeOf: typeof placeOf;
}

export function steer(page: Page, { maxPowerWatts, frame, runs }: Steerable, functions: Functions): void {
  const [slider, steering] = [page.getElementById('eta'), page.getElementById('steering')];
  const show = (): void => {
    const eta = Number(slider?.value);
    const costOf = (joules: number, seconds: number) => functions.zeusCostJoules(joules, seconds, eta, maxPowerWatts);
    const winner = runs[functions.cheapestOf(runs, costOf)];
    if (winner === undefined) return;
    const { name, words, joules, seconds } = winner;
    const path = functions.isoCostPath(costOf(joules, seconds), costOf, frame);
    const { x, y, anchor, dx } = functions.placeOf(winner, frame);
    page.getElementById('isoCost')?.setAttribute('d', path);
    page.getElementById('cheapest')?.setAttribute('transform', `translate(${x},${y})`);
    const label = page.getElementById('cheapestName');
    label?.setAttribute('text-anchor', anchor);
    label?.setAttribute('x', String(dx));
    if (label !== null) label.textContent = `cheapest at η ${eta}: ${name}`;
    const output = page.getElementById('winner');
    if (output !== null) output.textContent = `At η ${eta.toFixed(2)} the cheapest is ${words}`;
  };
  slider?.addEventListener('input', show);
  steering?.removeAttribute('hidden');
  show();
}
