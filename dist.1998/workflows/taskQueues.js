"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.queueOfClaims = exports.hostQueue = exports.claimsQueue = void 0;
/**
 * The task queues beside that of the workflows. A host polls for claims while it has a free GPU, so that a run waits on the
 * server until one is free somewhere; what was claimed on a host is trained there.
 */
const claims = '/gpus';
const claimsQueue = (taskQueue) => `${taskQueue}${claims}`;
exports.claimsQueue = claimsQueue;
const hostQueue = (taskQueue, host) => `${taskQueue}/host/${host}`;
exports.hostQueue = hostQueue;
/** The queue of the workflows that a claim came from. */
const queueOfClaims = (queue) => (queue.endsWith(claims) ? queue.slice(0, -claims.length) : queue);
exports.queueOfClaims = queueOfClaims;
//# sourceMappingURL=taskQueues.js.map