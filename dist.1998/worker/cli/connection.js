"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.findTarget = findTarget;
exports.connect = connect;
exports.withClient = withClient;
exports.withJobs = withJobs;
/** Which Temporal a command talks to: flag, else environment, else profile, else the demonstration's own server. */
const client_1 = require("@temporalio/client");
const envconfig_1 = require("@temporalio/envconfig");
const client_2 = require("../client");
const connectionSafety_1 = require("../connectionSafety");
const dataConverter_1 = require("../encryption/dataConverter");
const errors_1 = require("../errors");
const server_1 = require("../server");
const serverRecord_1 = require("../serverRecord");
const encryption_1 = require("./encryption");
/** A server that does not accept a connection in this time is away. */
const connectTimeout = '7s';
/** For every answer, also that of a worker to a query. */
const answerMilliseconds = 15_000;
/** @throws WattbanditError `invalid` for a profile that cannot be read, or that leads to another computer without TLS */
async function findTarget(globals) {
    const target = await configuredTarget(globals);
    (0, connectionSafety_1.refusePlaintext)(target.connectionOptions, globals.insecurePlaintext === true);
    return target;
}
async function configuredTarget(globals) {
    const { connectionOptions, namespace: configured } = configuredBy(globals);
    const namespace = globals.namespace ?? configured ?? 'default';
    const at = (address, foundBy) => {
        return { address, namespace, foundBy, connectionOptions: { ...connectionOptions, address } };
    };
    if (globals.address !== undefined)
        return at(globals.address, '--address');
    if (connectionOptions.address !== undefined)
        return at(connectionOptions.address, process.env['TEMPORAL_ADDRESS'] ? 'TEMPORAL_ADDRESS' : 'the Temporal profile');
    const demonstration = await (0, serverRecord_1.readRecord)((0, server_1.stateDirectory)());
    if (demonstration !== undefined)
        return at(demonstration.address, "the demonstration's server record");
    return at('localhost:7233', 'the default, as nothing is configured');
}
function configuredBy({ profile }) {
    try {
        return (0, envconfig_1.toClientOptions)((0, envconfig_1.loadClientConfigProfile)({ profile }));
    }
    catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new errors_1.WattbanditError('invalid', `Cannot read the Temporal profile${profile === undefined ? '' : ` ${profile}`}: ${reason}`, { cause });
    }
}
/** @throws WattbanditError `unavailable` if the server does not answer */
async function connect({ address, foundBy, connectionOptions }) {
    try {
        return await client_1.Connection.connect({ ...connectionOptions, connectTimeout });
    }
    catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new errors_1.WattbanditError('unavailable', `Cannot reach Temporal at ${address} (from ${foundBy}): ${reason}.\n` +
            'Start a server, as `temporal server start-dev` does, or name another by --address, TEMPORAL_ADDRESS or --profile.', { cause });
    }
}
/** Connects, waits for every answer a limited time, and hangs up. */
async function withClient(session, use) {
    const target = await findTarget(session.globals);
    const dataConverter = await (0, dataConverter_1.dataConverterFor)(await (0, encryption_1.encryptionOf)(session.globals));
    const connection = await connect(target);
    try {
        const client = new client_1.Client({ connection, namespace: target.namespace, dataConverter });
        return await connection.withDeadline(Date.now() + answerMilliseconds, () => use(client, target));
    }
    finally {
        await connection.close();
    }
}
async function withJobs(session, use, taskQueue) {
    return withClient(session, (client) => use(new client_2.JobClient(client, { taskQueue })));
}
//# sourceMappingURL=connection.js.map