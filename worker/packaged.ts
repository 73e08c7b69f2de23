/** Where what comes with the package lies. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** This file runs from the sources and from `dist`; data lies beside package.json. */
export const packageRoot = rootFrom(__dirname);

/** Zeus's recordings. */
export const packagedTraces = join(packageRoot, 'data', 'zeus');

/** Recorded grids. */
export const packagedGrids = join(packageRoot, 'data', 'carbon');

function rootFrom(directory: string): string {
  return existsSync(join(directory, 'package.json')) ? directory : rootFrom(dirname(directory));
}
