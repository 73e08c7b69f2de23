"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.addDecision = addDecision;
exports.explanationText = explanationText;
/** `wattbandit decision`: what was decided in each slot, and why. */
const commander_1 = require("commander");
const errors_1 = require("../errors");
const connection_1 = require("./connection");
const decisionTable_1 = require("./decisionTable");
const numbers_1 = require("./numbers");
const options_1 = require("./options");
const session_1 = require("./session");
const slotTable_1 = require("./slotTable");
const text_1 = require("./text");
function addDecision(program) {
    const decision = program.command('decision').description('what was decided in each slot, and why');
    decision
        .command('list <job>')
        .description('list the latest slots, oldest first')
        .action((0, session_1.action)(async (session, job) => {
        const { slots } = await (0, connection_1.withJobs)(session, (jobs) => jobs.ledger(job));
        session.output.many('slots', slots, () => (0, slotTable_1.slotTable)(slots));
    }));
    decision
        .command('explain <job>')
        .addArgument(new commander_1.Argument('[slot]', 'its instant; the last slot unless given').argParser(options_1.slot))
        .option('--attempt <n>', 'which run of the slot', options_1.wholeNumber, 1)
        .description('explain a decision: what was considered, and why one batch size won')
        .action((0, session_1.action)(explain));
}
async function explain(session, job, slot, options) {
    const { slots } = await (0, connection_1.withJobs)(session, (jobs) => jobs.ledger(job));
    const { found, attempt } = find(job, slots, slot, options.attempt);
    const { decision, observation } = attempt;
    session.output.one({ job, slot: found.slot, attempt: options.attempt, attempts: found.attempts.length, decision, observation }, (style) => explanationText(job, found, attempt, style));
}
function find(job, slots, slot, number) {
    const decided = slots.filter(({ attempts }) => attempts.length > 0);
    const found = slot === undefined ? decided.at(-1) : decided.find((at) => at.slot === slot);
    const attempt = found?.attempts[number - 1];
    if (found !== undefined && attempt !== undefined)
        return { found, attempt };
    const what = slot === undefined ? 'a decision' : `a decision for slot ${slot}`;
    const where = found === undefined ? known(decided) : `it has ${found.attempts.length} run(s)`;
    throw new errors_1.WattbanditError('notFound', `Cannot find ${what}${number > 1 ? `, run ${number},` : ''} of job ${job}: ${where}.`);
}
function known(decided) {
    const [first] = decided;
    const last = decided.at(-1);
    if (first === undefined || last === undefined)
        return 'nothing was decided yet';
    return `its ledger holds ${first.slot} to ${last.slot}; older ones are in Temporal's history`;
}
function explanationText(job, slot, attempt, style) {
    const { decision, observation } = attempt;
    const { eta, maxSlowdown, deadlineSeconds } = decision.objective;
    const bounds = [
        ...(maxSlowdown === undefined ? [] : [`at most ×${maxSlowdown} slower`]),
        ...(deadlineSeconds === undefined ? [] : [`within ${(0, numbers_1.duration)(deadlineSeconds)}`]),
    ];
    const limit = decision.powerLimitWatts === null ? 'profiled while it trains' : (0, numbers_1.watts)(decision.powerLimitWatts);
    const facts = (0, text_1.pairs)([
        ['Job', job],
        [
            'Slot',
            `${(0, numbers_1.instant)(slot.slot)}, run ${(observation ?? { attempt: slot.attempts.indexOf(attempt) + 1 }).attempt} of ${slot.attempts.length}`,
        ],
        ['Decision', `batch size ${decision.batchSize}, power limit ${limit} (${decision.mode}, by ${decision.policy})`],
        ['Because', decision.reason],
        ['Objective', [`η ${eta}`, ...bounds].join(', ')],
        [
            'Ceiling',
            decision.costCeilingJoules === null ? 'none' : `stopped above a cost of ${(0, numbers_1.energy)(decision.costCeilingJoules)}`,
        ],
        [
            'Outcome',
            observation === undefined
                ? 'not known yet'
                : `${observation.outcome} after ${observation.epochs} epochs, ${(0, numbers_1.duration)(observation.seconds)}, ${(0, numbers_1.energy)(observation.joules)} at ${(0, numbers_1.watts)(observation.powerLimitWatts)}`,
        ],
    ]);
    return [facts, '', style.bold('Considered'), (0, decisionTable_1.candidateTable)(decision)].join('\n');
}
//# sourceMappingURL=decision.js.map