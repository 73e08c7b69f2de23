/** One unit for a whole axis, fit for most of its values. */

export interface Unit {
  readonly name: string;
  readonly size: number;
}

const times: readonly Unit[] = [
  { name: 'd', size: 86_400 },
  { name: 'h', size: 3600 },
  { name: 'min', size: 60 },
  { name: 's', size: 1 },
];
const energies: readonly Unit[] = [
  { name: 'GJ', size: 1e9 },
  { name: 'MJ', size: 1e6 },
  { name: 'kJ', size: 1e3 },
  { name: 'J', size: 1 },
];

export function timeUnit(seconds: readonly number[]): Unit {
  return unitFor(seconds, times);
}

export function energyUnit(joules: readonly number[]): Unit {
  return unitFor(joules, energies);
}

const one: Unit = { name: '', size: 1 };

/** The largest of which the middle value is one or more. */
function unitFor(values: readonly number[], units: readonly Unit[]): Unit {
  const middle = values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 1;
  return units.find(({ size }) => middle >= size) ?? units.at(-1) ?? one;
}
