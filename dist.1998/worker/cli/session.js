"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.logLevels = void 0;
exports.addGlobalOptions = addGlobalOptions;
exports.createSession = createSession;
exports.action = action;
/** What every command gets: the global options, made into things to work with. */
const commander_1 = require("commander");
const failures_1 = require("./failures");
const output_1 = require("./output");
exports.logLevels = ['debug', 'info', 'warn', 'error'];
function addGlobalOptions(program) {
    program
        .addOption(new commander_1.Option('-o, --output <format>', 'format of data on stdout; csv and html of reports only')
        .choices([...output_1.outputFormats, ...output_1.documentFormats])
        .default('text'))
        .addOption(new commander_1.Option('--json', 'short for --output json'))
        .addOption(new commander_1.Option('--color <when>', 'colour text').choices(output_1.colorChoices).default('auto'))
        .addOption(new commander_1.Option('--log-level <level>', 'how much to say on stderr').choices(exports.logLevels).default('info'))
        .option('--address <host:port>', 'Temporal server (else TEMPORAL_ADDRESS, else the profile)')
        .option('--namespace <name>', 'Temporal namespace (else TEMPORAL_NAMESPACE, else the profile)')
        .option('--profile <name>', 'profile of the Temporal configuration file (else TEMPORAL_PROFILE)')
        .option('--insecure-plaintext', 'speak without TLS also to another computer')
        .option('--encryption <file>', 'whose keys decrypt what Temporal stores (YAML; else WATTBANDIT_ENCRYPTION)');
}
function createSession(globals) {
    const format = globals.json === true ? 'json' : globals.output;
    const quiet = globals.logLevel === 'warn' || globals.logLevel === 'error';
    return { globals, output: new output_1.Output({ format, color: globals.color, quiet }) };
}
/**
 * A commander action out of a command that gets its session first and may end in an exit code. The option for the format is one for
 * all commands, wherever it stands on the line; what a command does not make is a usage error.
 */
function action(run, formats = output_1.outputFormats) {
    return async function (...args) {
        const globals = this.optsWithGlobals();
        if (globals.json !== true && !formats.includes(globals.output))
            refuseFormat(this, globals.output, formats);
        const code = await run(createSession(globals), ...args);
        process.exitCode = code ?? failures_1.exitCodes.done;
    };
}
function refuseFormat(command, format, formats) {
    const choices = `Allowed choices of ${command.name()} are ${formats.join(', ')}.`;
    return command.error(`error: option '-o, --output <format>' argument '${format}' is invalid. ${choices}`);
}
//# sourceMappingURL=session.js.map