"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.askId = exports.runKeyOf = exports.carbonTimerId = exports.slotAt = exports.recurrenceId = exports.recurrenceIdBase = exports.scheduleId = exports.banditId = exports.carbonTimerWorkflow = exports.recurrenceWorkflow = exports.banditWorkflow = exports.lookAgain = exports.prepared = exports.holdOnCompanions = exports.ledger = exports.facts = exports.runOrders = exports.obey = exports.overrides = exports.clearOverride = exports.override = exports.setOverride = exports.retire = exports.importFacts = exports.giveUp = exports.tell = exports.ask = exports.longestDetail = exports.explainedRuns = exports.importLimits = exports.ledgerLength = exports.idsKept = exports.refusalsKept = void 0;
/** The messages between the bandit of a job and everybody else: updates, signals, queries, and what they carry. */
const workflow_1 = require("@temporalio/workflow");
exports.refusalsKept = 20;
exports.idsKept = 2000;
/** Older slots live in the workflow's history only. */
exports.ledgerLength = 100;
/** Observations in one import, and in all imports of a job: their ids are carried through continue-as-new. */
exports.importLimits = { perRequest: 500, perJob: 5000 };
/** About so many of the latest runs keep what was considered and measured; a cached bandit must stay small. */
exports.explainedRuns = 12;
/** Characters of an explanation of what went wrong. */
exports.longestDetail = 500;
/** The table `considered` is left out of the answer: it lies in the bandit's history and in its ledger. */
exports.ask = (0, workflow_1.defineUpdate)('ask');
exports.tell = (0, workflow_1.defineUpdate)('tell');
/** Ends a slot that got no decision, or none for its next attempt. */
exports.giveUp = (0, workflow_1.defineUpdate)('giveUp');
exports.importFacts = (0, workflow_1.defineUpdate)('importFacts');
/** Ends the bandit once nobody is being answered. */
exports.retire = (0, workflow_1.defineSignal)('retire');
/** Validated, answered. */
exports.setOverride = (0, workflow_1.defineUpdate)('setOverride');
/** The same, fire and forget: `temporal workflow signal --name override --input '{…}'`. */
exports.override = (0, workflow_1.defineSignal)('override');
/** Ends one override by its id, or all of them. Answers which. */
exports.clearOverride = (0, workflow_1.defineUpdate)('clearOverride');
exports.overrides = (0, workflow_1.defineQuery)('overrides');
/** From the bandit to a recurrence under way: the operator's word. */
exports.obey = (0, workflow_1.defineSignal)('obey');
/** What a recurrence was told last. */
exports.runOrders = (0, workflow_1.defineQuery)('runOrders');
exports.facts = (0, workflow_1.defineQuery)('facts');
exports.ledger = (0, workflow_1.defineQuery)('ledger');
/** From the leading host of a run to the other ones: hold this limit, in watts. */
exports.holdOnCompanions = (0, workflow_1.defineUpdate)('holdOnCompanions');
/** From a companion host: the GPUs of this rank are held, their limits can be put back. */
exports.prepared = (0, workflow_1.defineSignal)('prepared');
/** To a carbon timer: something changed, weigh now. */
exports.lookAgain = (0, workflow_1.defineSignal)('lookAgain');
exports.banditWorkflow = 'bandit';
exports.recurrenceWorkflow = 'recurrence';
exports.carbonTimerWorkflow = 'carbonTimer';
const banditId = (job) => `wattbandit/${job}`;
exports.banditId = banditId;
const scheduleId = (job) => `wattbandit/${job}`;
exports.scheduleId = scheduleId;
/** A Schedule appends `-<slot>` to its workflows' ids; a recurrence started by hand has the same id. */
const recurrenceIdBase = (job) => `wattbandit/${job}/recurrence`;
exports.recurrenceIdBase = recurrenceIdBase;
const recurrenceId = (job, slot) => `${(0, exports.recurrenceIdBase)(job)}-${slot}`;
exports.recurrenceId = recurrenceId;
/** How a slot is written: ISO-8601 UTC to the second, as a Schedule writes it into workflow ids. */
const slotAt = (at) => `${at.toISOString().slice(0, 19)}Z`;
exports.slotAt = slotAt;
/** Of the first attempt's run; each attempt has its own. */
const carbonTimerId = (recurrence, attempt) => `${recurrence}/carbon-${attempt}`;
exports.carbonTimerId = carbonTimerId;
/** How a host's process knows the run of a recurrence, or its part with this rank. */
const runKeyOf = (recurrence, rank = 0) => `${recurrence}/${rank}`;
exports.runKeyOf = runKeyOf;
const askId = (slot, attempt) => `${slot}/${attempt}`;
exports.askId = askId;
//# sourceMappingURL=messages.js.map