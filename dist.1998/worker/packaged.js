"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.packagedGrid = exports.packagedGrids = exports.packagedTraces = exports.packageRoot = void 0;
/** Where what comes with the package lies. */
const node_fs_1 = require("node:fs");
const node_path_1 = require("node:path");
/** This file runs from the sources and from `dist`; data lies beside package.json. */
exports.packageRoot = rootFrom(__dirname);
/** Zeus's recordings. */
exports.packagedTraces = (0, node_path_1.join)(exports.packageRoot, 'data', 'zeus');
/** Recorded grids. */
exports.packagedGrids = (0, node_path_1.join)(exports.packageRoot, 'data', 'carbon');
/** A year and more of California, hour by hour: CarbonCast's. */
exports.packagedGrid = (0, node_path_1.join)(exports.packageRoot, 'data', 'carbon', 'CISO_lifecycle_2020-2021.csv.gz');
function rootFrom(directory) {
    return (0, node_fs_1.existsSync)((0, node_path_1.join)(directory, 'package.json')) ? directory : rootFrom((0, node_path_1.dirname)(directory));
}
//# sourceMappingURL=packaged.js.map