"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.notWhatItIs = exports.methods = void 0;
/** How the numbers of a report come about, and what they are not: said in every form of it. */
const savings_1 = require("../../policy/savings");
const windowPercent = 2 * 100 * savings_1.windowError;
exports.methods = [
    'Emissions: joules drawn while a value of the grid held ÷ 3.6 MJ × that value, added up. Energy without a known value is not counted and nothing is extrapolated: it is the uncovered share.',
    'A run counts whole, in the period in which it ended; runs that failed count like others.',
    'One provider, zone and kind of signal makes one sum. Average and marginal intensity answer different questions, and a price is money: none is ever added to another.',
    'At maximum power: the same work at the highest limit measured. Under the best static cap: the same work in exactly the same time, shared between the two neighbouring limits that take the least energy. Both follow from the speeds and watts of the run’s own profile, relative to what that profile says of the limits held, and are charged at the time-weighted mean intensity of the run.',
    `Interval: 95 % of 300 resamples, with runs drawn anew and each limit’s measured watts moved by a standard deviation of ${windowPercent / 2} % (a profile window repeats to ±${windowPercent} % at 95 %), the same in all runs. A gain error of a board’s sensor, about ±5 %, cancels in shares and is in the grams. Not in it: errors of the intensity, of measured speeds, a profile that no longer holds, the ambiguity of what would have been done otherwise.`,
];
exports.notWhatItIs = [
    'Energy of GPU boards only, by their own sensors, off by about ±5 % absolutely. No CPU, memory, network or storage; no cooling and no losses of the site (PUE).',
    'No embodied emissions: making the hardware is left out. Whether building power plants counts depends on the factors that the provider used (lifecycle or direct), which are not recorded with a run.',
    'Location-based: the grid where the host stands. Contracts and certificates (market-based) are left out.',
    'Average intensity is a share of what the grid emits and does not tell what was avoided; marginal intensity estimates an effect and is no footprint.',
    'What is saved is against a calculated other use of the same GPU, from a profile measured once, not against a run that took place.',
];
//# sourceMappingURL=methods.js.map