"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.carbonTimer = carbonTimer;
/**
 * Re-weighs speed against energy while one run trains: wakes at each slot of the grid, sets the limit only where it changes. It runs
 * beside the run, on the host that trains it; whatever becomes of it, the run goes on.
 */
const workflow_1 = require("@temporalio/workflow");
const messages_1 = require("./messages");
const { weighRun, holdRun } = (0, workflow_1.proxyLocalActivities)({
    startToCloseTimeout: '15s',
    retry: { maximumAttempts: 2 },
});
/** Six or seven events each: far below what a history may hold. */
const mostTicks = 1000;
async function carbonTimer(input) {
    const { run, steering } = input;
    let { heldWatts } = input;
    let woken = false;
    (0, workflow_1.setHandler)(messages_1.lookAgain, () => {
        woken = true;
    });
    for (let tick = 0; tick < mostTicks && !(0, workflow_1.workflowInfo)().continueAsNewSuggested; tick++) {
        const answer = await weighRun({ run, steering });
        if (answer.kind === 'weighed' && answer.powerLimitWatts !== heldWatts) {
            // Where it may not be set now, the next tick tries again.
            if (await holdRun(run, answer.powerLimitWatts))
                heldWatts = answer.powerLimitWatts;
        }
        (0, workflow_1.setCurrentDetails)(detailsOf(answer, heldWatts));
        woken = false;
        await (0, workflow_1.condition)(() => woken, Math.ceil(answer.nextSeconds * 1000));
    }
    await (0, workflow_1.continueAsNew)({ run, steering, heldWatts });
}
function detailsOf(answer, heldWatts) {
    if (answer.kind === 'waiting')
        return 'The power limits are still being measured, or the run has not begun.';
    const held = heldWatts === null ? 'the limit that the run chose' : `${heldWatts} W`;
    return `${answer.explanation}\n\nHeld: ${held}.`;
}
//# sourceMappingURL=carbonTimer.js.map