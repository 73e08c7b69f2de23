/**
 * The task queues beside that of the workflows. A host polls for claims while it has a free GPU, so that a run waits on the
 * server until one is free somewhere; what was claimed on a host is trained there.
 */
const claims = '/gpus';

export const claimsQueue = (taskQueue: string) => `${taskQueue}${claims}`;

export const hostQueue = (taskQueue: string, host: string) => `${taskQueue}/host/${host}`;

/** Simulations compute for seconds on end; whoever trains must not wait for them. */
export const experimentsQueue = (taskQueue: string) => `${taskQueue}/experiments`;

/** The queue of the workflows that a claim came from. */
export const queueOfClaims = (queue: string) => (queue.endsWith(claims) ? queue.slice(0, -claims.length) : queue);
