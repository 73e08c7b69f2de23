"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.seedFor = seedFor;
exports.createRandom = createRandom;
/** Random numbers as policies see them: passed in and seeded by name, so the same log gives the same draws anywhere. */
const uniformFloat64_1 = require("pure-rand/distribution/uniformFloat64");
const xoroshiro128plus_1 = require("pure-rand/generator/xoroshiro128plus");
/** 32-bit FNV-1a: spreads similar names over the seeds. */
function seedFor(name) {
    let hash = 0x811c9dc5;
    for (let i = 0; i < name.length; i++)
        hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
    return hash | 0;
}
/** Seeds that differ in a few bits must not give similar first draws: the finaliser of MurmurHash3 (A. Appleby). */
function scattered(seed) {
    let mixed = seed;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return mixed ^ (mixed >>> 16);
}
/** A generator that depends on `seed` alone; normals by Marsaglia's polar method. */
function createRandom(seed) {
    const generator = (0, xoroshiro128plus_1.xoroshiro128plus)(scattered(seed));
    const uniform = () => (0, uniformFloat64_1.uniformFloat64)(generator);
    let spare;
    const standardNormal = () => {
        if (spare !== undefined) {
            const kept = spare;
            spare = undefined;
            return kept;
        }
        for (;;) {
            const u = 2 * uniform() - 1;
            const v = 2 * uniform() - 1;
            const s = u * u + v * v;
            if (s === 0 || s >= 1)
                continue;
            const factor = Math.sqrt((-2 * Math.log(s)) / s);
            spare = v * factor;
            return u * factor;
        }
    };
    return { uniform, normal: (mean, sd) => mean + sd * standardNormal() };
}
//# sourceMappingURL=random.js.map