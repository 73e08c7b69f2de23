"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.plainCourse = plainCourse;
/** A course on which nothing happens. */
function plainCourse(world) {
    return { worldAt: () => world, circumstances: () => ({}), lostAfter: () => null, expectedLoss: 0 };
}
//# sourceMappingURL=scenario.js.map