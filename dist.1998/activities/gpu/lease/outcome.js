"use strict";
/** What became of one GPU's power limit when somebody wanted to put it back, and how to say so. */
Object.defineProperty(exports, "__esModule", { value: true });
exports.sayRestored = sayRestored;
exports.isAlarming = isAlarming;
/** One sentence for logs and for the command line. */
function sayRestored(outcome) {
    const gpu = `GPU ${outcome.uuid}`;
    switch (outcome.kind) {
        case 'restored':
            return `${gpu}: power limit put back from ${outcome.fromWatts} W to ${outcome.watts} W.`;
        case 'already':
            return `${gpu}: power limit is ${outcome.watts} W, as before.`;
        case 'rebooted':
            return `${gpu}: the host restarted, so its driver chose the power limit anew.`;
        case 'foreign':
            return `Cannot put back the power limit of ${gpu} to ${outcome.originalWatts} W: somebody set ${outcome.watts} W meanwhile, which stays.`;
        case 'bad':
            return `Cannot put back the power limit of ${gpu}: its journal is unreadable; look at ${outcome.path} and set the limit by hand.`;
        case 'kept':
            return `Cannot put back the power limit of ${gpu} yet: ${outcome.reason}`;
    }
}
/** Whether somebody has to look at it. */
function isAlarming({ kind }) {
    return kind === 'foreign' || kind === 'bad' || kind === 'kept';
}
//# sourceMappingURL=outcome.js.map