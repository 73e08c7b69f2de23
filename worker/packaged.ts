/** Where what comes with the package lies. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** This file runs from the sources and from `dist`; data lies beside package.json. */
export const packageRoot = rootFrom(__dirname);

/** Zeus's recordings. */
export const packagedTraces = join(packageRoot, 'data', 'zeus');

/** Recorded grids. */
export const packagedGrids = join(packageRoot, 'data', 'carbon');

/** A year and more of California, hour by hour: CarbonCast's. */
export const packagedGrid = join(packageRoot, 'data', 'carbon', 'CISO_lifecycle_2020-2021.csv.gz');

function rootFrom(directory: string): string {
  return existsSync(join(directory, 'package.json')) ? directory : rootFrom(dirname(directory));
}
