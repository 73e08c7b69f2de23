"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.addCodec = addCodec;
/** `wattbandit codec`: shows Temporal's UI and CLI what is encrypted. Needs no Temporal itself. */
const commander_1 = require("commander");
const keySet_1 = require("../../activities/keySet");
const loopback_1 = require("../../activities/loopback");
const codecAccess_1 = require("../encryption/codecAccess");
const codecServer_1 = require("../encryption/codecServer");
const codec_1 = require("../encryption/codec");
const keys_1 = require("../encryption/keys");
const secret_1 = require("../encryption/secret");
const errors_1 = require("../errors");
const encryption_1 = require("./encryption");
const failures_1 = require("./failures");
const interruption_1 = require("./interruption");
const options_1 = require("./options");
const session_1 = require("./session");
function addCodec(program) {
    program
        .command('codec')
        .description("let Temporal's UI and CLI show what is encrypted")
        .command('serve')
        .description('decrypt payloads for whoever may ask, until interrupted; the keys are those of --encryption')
        .option('--host <address>', 'where to listen', '127.0.0.1')
        .option('--port <n>', '0 for a free one', options_1.port, 8081)
        .option('--allow-origin <origin>', 'a page that may ask, as http://localhost:8233; may be repeated', origins, [])
        .addOption(new commander_1.Option('--token <env:NAME|file:path>', 'where the token is that must be given as bearer token')
        .argParser(options_1.secretReference)
        .conflicts('jwks'))
        .option('--jwks <file|url>', 'keys of the identity provider whose tokens are admitted', keySetSource)
        .option('--audience <name>', 'whom those tokens must be for')
        .option('--issuer <url>', 'who must have issued them')
        .action((0, session_1.action)(serve));
}
async function serve(session, options) {
    const { globals, output } = session;
    const encryption = await (0, encryption_1.encryptionOf)(globals);
    if (encryption === undefined)
        throw new errors_1.WattbanditError('invalid', 'Cannot serve a codec without keys: name their file by --encryption.');
    const admit = await admitOf(options);
    if (!(0, loopback_1.isLoopback)(options.host))
        requireCare(options.host, admit, globals.insecurePlaintext === true);
    const codec = (0, codec_1.createEncryptionCodec)(await (0, keys_1.loadKeys)(encryption));
    const { host, allowOrigin: allowOrigins } = options;
    const say = (text) => output.talk(text);
    const interrupted = (0, interruption_1.interruption)();
    const server = await (0, codecServer_1.startCodecServer)({ codec, admit, allowOrigins, host, port: options.port, say });
    const { url } = server;
    output.event({ event: 'ready', url }, () => `Codec server at ${url}. Ctrl-C ends it.`);
    await (0, interruption_1.untilAborted)(interrupted);
    await server.close();
    return interrupted.reason === 'SIGINT' ? failures_1.exitCodes.interrupted : failures_1.exitCodes.done;
}
async function admitOf({ token, jwks, audience, issuer }) {
    if (token !== undefined)
        return (0, codecAccess_1.admitToken)(await (0, secret_1.readSecret)('the token of the codec server', token));
    if (jwks === undefined)
        return null;
    if (audience !== undefined)
        return (0, codecAccess_1.admitSigned)({ jwks, audience, issuer });
    throw new errors_1.WattbanditError('invalid', 'Cannot admit by --jwks alone: every token of that provider would do; name whom they must be for by --audience.');
}
/** Beyond this computer everybody could ask, and listen. */
function requireCare(host, admit, insecurePlaintext) {
    const missing = [
        ...(admit === null ? ['--token or --jwks, so that not everybody may ask'] : []),
        ...(insecurePlaintext ? [] : ['--insecure-plaintext, for what it decrypts crosses the network as it is']),
    ];
    if (missing.length === 0)
        return;
    const remedy = 'or leave it on 127.0.0.1 behind a proxy with TLS';
    throw new errors_1.WattbanditError('invalid', `Cannot serve a codec on ${host} without ${missing.join(' and ')}; ${remedy}.`);
}
function origins(text, earlier) {
    if (URL.canParse(text) && new URL(text).origin === text && text !== 'null')
        return [...earlier, text];
    throw new commander_1.InvalidArgumentError('It must be an origin, as http://localhost:8233: scheme, host and port alone.');
}
function keySetSource(text) {
    const source = /^https?:/i.test(text) ? { url: text } : { file: text };
    try {
        (0, keySet_1.createKeySet)(source);
        return source;
    }
    catch (error) {
        throw new commander_1.InvalidArgumentError(error instanceof Error ? error.message : String(error));
    }
}
//# sourceMappingURL=codec.js.map