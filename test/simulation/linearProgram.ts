/** A small linear program by the simplex method in two phases, to check the oracle by other means. Bland's rule, so it ends. */

interface Constraint {
  readonly row: readonly number[];
  readonly to: number;
}

export interface LinearProgram {
  readonly costs: readonly number[];
  /** Right sides are not negative, variables neither. */
  readonly equal: readonly Constraint[];
  readonly atMost: readonly Constraint[];
}

const tiny = 1e-9;

/** The least cost; null where nothing satisfies the constraints. */
export function minimise({ costs, equal, atMost }: LinearProgram): number | null {
  const [variables, slacks, artificials] = [costs.length, atMost.length, equal.length];
  const width = variables + slacks + artificials;
  const rows = [...atMost, ...equal].map(({ row, to }, index) => {
    const own = Array.from({ length: slacks + artificials }, (_, column) => (column === index ? 1 : 0));
    return [...row, ...own, to];
  });
  const basis = rows.map((_, index) => variables + index);
  const isArtificial = (column: number) => column >= variables + slacks;
  const feasible = run(rows, basis, (column) => (isArtificial(column) ? 1 : 0), width);
  if (feasible > 1e-6) return null;
  return run(rows, basis, (column) => costs[column] ?? (isArtificial(column) ? 1e7 : 0), width);
}

/** Pivots `rows` and `basis` in place until no column lowers the cost. */
function run(rows: number[][], basis: number[], cost: (column: number) => number, width: number): number {
  const reduced = Array.from(
    { length: width + 1 },
    (_, column) =>
      (column < width ? cost(column) : 0) - rows.reduce((sum, row, at) => sum + cost(basis[at]!) * row[column]!, 0),
  );
  for (;;) {
    const entering = reduced.findIndex((value, column) => column < width && value < -tiny * 100);
    if (entering < 0) return -reduced[width]!;
    let leaving = -1;
    for (let at = 0; at < rows.length; at++) {
      if (rows[at]![entering]! <= tiny) continue;
      const ratio = rows[at]![width]! / rows[at]![entering]!;
      const least = leaving < 0 ? Infinity : rows[leaving]![width]! / rows[leaving]![entering]!;
      if (ratio < least - tiny || (ratio < least + tiny && basis[at]! < basis[leaving]!)) leaving = at;
    }
    if (leaving < 0) throw new Error('The linear program is unbounded.');
    pivot([...rows, reduced], leaving, entering);
    basis[leaving] = entering;
  }
}

function pivot(rows: readonly number[][], leaving: number, entering: number): void {
  const chosen = rows[leaving]!;
  const by = chosen[entering]!;
  for (let column = 0; column < chosen.length; column++) chosen[column]! /= by;
  for (const row of rows) {
    const factor = row[entering]!;
    if (row === chosen || factor === 0) continue;
    for (let column = 0; column < row.length; column++) row[column]! -= factor * chosen[column]!;
  }
}
