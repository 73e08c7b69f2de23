"use strict";
/** The port to one signal of one grid: how much carbon, or money, a kWh is. An adapter knows no Temporal and no job. */
Object.defineProperty(exports, "__esModule", { value: true });
exports.kinds = void 0;
/**
 * `average`: the share of the whole grid's emissions, for footprints; `marginal`: what one kWh less would save now. They can move
 * against each other, so they are never mixed. `price`: money, which takes the same path.
 */
exports.kinds = ['average', 'marginal', 'price'];
//# sourceMappingURL=source.js.map