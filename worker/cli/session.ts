/** What every command gets: the global options, made into things to work with. */
import { type Command, Option } from 'commander';
import { type ExitCode, exitCodes } from './failures';
import { type AnyFormat, type ColorChoice, Output, colorChoices, documentFormats, outputFormats } from './output';

export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface GlobalOptions {
  readonly output: AnyFormat;
  readonly json?: boolean;
  readonly color: ColorChoice;
  readonly logLevel: LogLevel;
  readonly address?: string;
  readonly namespace?: string;
  readonly profile?: string;
  readonly insecurePlaintext?: boolean;
  readonly encryption?: string;
}

export interface Session {
  readonly globals: GlobalOptions;
  readonly output: Output;
}

export function addGlobalOptions(program: Command): void {
  program
    .addOption(
      new Option('-o, --output <format>', 'format of data on stdout; csv and html of reports only')
        .choices([...outputFormats, ...documentFormats])
        .default('text'),
    )
    .addOption(new Option('--json', 'short for --output json'))
    .addOption(new Option('--color <when>', 'colour text').choices(colorChoices).default('auto'))
    .addOption(new Option('--log-level <level>', 'how much to say on stderr').choices(logLevels).default('info'))
    .option('--address <host:port>', 'Temporal server (else TEMPORAL_ADDRESS, else the profile)')
    .option('--namespace <name>', 'Temporal namespace (else TEMPORAL_NAMESPACE, else the profile)')
    .option('--profile <name>', 'profile of the Temporal configuration file (else TEMPORAL_PROFILE)')
    .option('--insecure-plaintext', 'speak without TLS also to another computer')
    .option('--encryption <file>', 'whose keys decrypt what Temporal stores (YAML; else WATTBANDIT_ENCRYPTION)');
}

export function createSession(globals: GlobalOptions): Session {
  const format = globals.json === true ? 'json' : globals.output;
  const quiet = globals.logLevel === 'warn' || globals.logLevel === 'error';
  return { globals, output: new Output({ format, color: globals.color, quiet }) };
}

/**
 * A commander action out of a command that gets its session first and may end in an exit code. The option for the format is one for
 * all commands, wherever it stands on the line; what a command does not make is a usage error.
 */
export function action<Args extends readonly unknown[]>(
  run: (session: Session, ...args: Args) => Promise<ExitCode | void> | ExitCode | void,
  formats: readonly AnyFormat[] = outputFormats,
) {
  return async function (this: Command, ...args: Args): Promise<void> {
    const globals = this.optsWithGlobals<GlobalOptions>();
    if (globals.json !== true && !formats.includes(globals.output)) refuseFormat(this, globals.output, formats);
    const code = await run(createSession(globals), ...args);
    process.exitCode = code ?? exitCodes.done;
  };
}

function refuseFormat(command: Command, format: AnyFormat, formats: readonly AnyFormat[]): never {
  const choices = `Allowed choices of ${command.name()} are ${formats.join(', ')}.`;
  return command.error(`error: option '-o, --output <format>' argument '${format}' is invalid. ${choices}`);
}
