"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.play = play;
exports.playSeeds = playSeeds;
const random_1 = require("../policy/random");
const references_1 = require("./references");
const run_1 = require("./run");
const statistics_1 = require("./statistics");
/** Like Zeus: a recurrence is given up after so many runs. */
const mostRuns = 20;
function play(series) {
    const { contender, course, seed } = series;
    const drawsOfWorld = (0, random_1.createRandom)((0, random_1.seedFor)(`${seed}/world`));
    const drawsOfPolicy = (0, random_1.createRandom)((0, random_1.seedFor)(`${seed}/policy`));
    const player = contender.begin(course.worldAt(0));
    const played = [];
    let open = [];
    let begun = 0;
    const launch = (recurrence, attempt, atSeconds) => {
        const { world } = recurrence;
        const ask = askFor(recurrence, attempt, open);
        const decision = player.decide(ask, drawsOfPolicy, world);
        const lostAfter = course.lostAfter(drawsOfWorld);
        const { charging } = contender;
        const observation = (0, run_1.run)({ world, decision, slot: ask.slot, attempt, charging, lostAfter }, drawsOfWorld);
        open = [...open, { recurrence, attempt, decision, observation, endsAtSeconds: atSeconds + observation.seconds }];
    };
    const beginNext = (atSeconds) => {
        if (begun < series.recurrences)
            launch(underway(series, begun++), 1, atSeconds);
    };
    for (let started = 0; started < series.concurrency; started++)
        beginNext(0);
    for (let first = earliest(open); first !== undefined; first = earliest(open)) {
        const { recurrence, attempt, decision, observation, endsAtSeconds } = first;
        open = open.filter((other) => other !== first);
        player.observe(observation);
        series.onRun?.(decision, observation);
        recurrence.runs.push(observation);
        if (observation.outcome !== 'converged' && attempt < mostRuns) {
            launch(recurrence, attempt + 1, endsAtSeconds);
        }
        else {
            played[recurrence.index] = sumOf(recurrence, course.expectedLoss);
            beginNext(endsAtSeconds);
        }
    }
    return played;
}
/** One series for each seed, all in the scenario's world. */
function playSeeds(contender, world, scenario, options) {
    const begin = scenario.prepare(world, options.recurrences);
    return Array.from({ length: options.seeds }, (_, index) => {
        const seed = `${world.gpus.model}/${world.job.id}/${scenario.name}/${index}`;
        const course = begin((0, random_1.createRandom)((0, random_1.seedFor)(`${seed}/course`)));
        const { objective, recurrences } = options;
        return play({ contender, course, concurrency: scenario.concurrency, recurrences, objective, seed });
    });
}
function underway({ course, objective }, index) {
    const { eta = objective.eta, pinnedBatchSize } = course.circumstances();
    return { index, world: course.worldAt(index), objective: { ...objective, eta }, pinnedBatchSize, runs: [] };
}
function askFor({ index, objective, pinnedBatchSize, world }, attempt, open) {
    return {
        id: `${index}/${attempt}`,
        job: world.job,
        gpus: world.gpus,
        objective,
        slot: String(index),
        attempt,
        inFlight: open.map((other) => other.observation.batchSize),
        exploration: true,
        ...(pinnedBatchSize !== undefined && { pinnedBatchSize }),
    };
}
function earliest(open) {
    const [first, ...rest] = open;
    return rest.reduce((soonest, one) => (soonest && one.endsAtSeconds < soonest.endsAtSeconds ? one : soonest), first);
}
function sumOf({ objective, pinnedBatchSize, runs, world }, expectedLoss) {
    const untouched = (0, references_1.untouchedDefault)(world, objective.eta);
    return {
        costJoules: (0, statistics_1.total)(runs, (one) => (0, run_1.costOf)(one, world, objective.eta)),
        joules: (0, statistics_1.total)(runs, (one) => one.joules),
        seconds: (0, statistics_1.total)(runs, (one) => one.seconds),
        failedRuns: runs.filter((one) => one.outcome !== 'converged').length,
        converged: runs.at(-1)?.outcome === 'converged',
        oracleCostJoules: (0, references_1.oracle)(world, objective.eta, pinnedBatchSize).costJoules * (1 + expectedLoss),
        defaultJoules: untouched.joules,
        defaultSeconds: untouched.seconds,
    };
}
//# sourceMappingURL=experiment.js.map