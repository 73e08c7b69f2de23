#!/usr/bin/env node
/** `wattbandit <noun> <verb>`: parses the command line, runs one command, ends with its exit code. */
import { Command } from 'commander';
export declare function createProgram(): Command;
//# sourceMappingURL=main.d.ts.map