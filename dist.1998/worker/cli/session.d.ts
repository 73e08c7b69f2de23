/** What every command gets: the global options, made into things to work with. */
import { type Command } from 'commander';
import { type ExitCode } from './failures';
import { type AnyFormat, type ColorChoice, Output } from './output';
export declare const logLevels: readonly ['debug', 'info', 'warn', 'error'];
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
export declare function addGlobalOptions(program: Command): void;
export declare function createSession(globals: GlobalOptions): Session;
/**
 * A commander action out of a command that gets its session first and may end in an exit code. The option for the format is one for
 * all commands, wherever it stands on the line; what a command does not make is a usage error.
 */
export declare function action<Args extends readonly unknown[]>(run: (session: Session, ...args: Args) => Promise<ExitCode | void> | ExitCode | void, formats?: readonly AnyFormat[]): (this: Command, ...args: Args) => Promise<void>;
//# sourceMappingURL=session.d.ts.map