#!/usr/bin/env node
/** `wattbandit <noun> <verb>`: parses the command line, runs one command, ends with its exit code. */
import { Command } from 'commander';
import { addAudit } from './audit';
import { addCarbon } from './carbon';
import { addCodec } from './codec';
import { addConfig } from './config';
import { addDecision } from './decision';
import { addDemo } from './demo';
import { addDoctor } from './doctor';
import { addExperiment } from './experiment';
import { exitCodes, failureOf } from './failures';
import { addGateway } from './gateway';
import { addGpu } from './gpu';
import { addJob } from './job';
import { addOverride } from './override';
import { addPlot } from './plot';
import { addReplay } from './replay';
import { addReport } from './report';
import { addGlobalOptions } from './session';
import { packageManifest } from '../manifest';
import { addSimulate } from './simulate';
import { plainLines } from './text';
import { addWorker } from './worker';

/** `name`: how it was called, for its help. */
export function createProgram(name = 'wattbandit'): Command {
  const program = new Command(name)
    .description('Tunes batch size and GPU power limit over recurring training jobs.')
    .version(packageManifest().version)
    .showHelpAfterError('(`--help` lists what there is)')
    .exitOverride();
  addGlobalOptions(program);
  const commands = [
    addDemo,
    addJob,
    addDecision,
    addOverride,
    addReport,
    addPlot,
    addReplay,
    addAudit,
    addWorker,
    addGateway,
    addGpu,
    addCarbon,
    addSimulate,
    addExperiment,
    addConfig,
    addCodec,
    addDoctor,
  ];
  for (const add of commands) add(program);
  return program;
}

export async function main(args: readonly string[], name?: string): Promise<void> {
  process.stdout.once('error', endWithReader);
  try {
    await createProgram(name).parseAsync(args, { from: 'user' });
  } catch (error) {
    const { code, message } = failureOf(error);
    if (message !== '') process.stderr.write(`${plainLines(message)}\n`);
    if (args.includes('debug') && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    process.exitCode = code;
  }
}

/** A reader that has seen enough, as `head`, is no error; what was started is put in order as after an interruption. */
function endWithReader(error: Error): void {
  if (!('code' in error && error.code === 'EPIPE')) throw error;
  process.stdout.on('error', () => {});
  if (!process.emit('SIGTERM')) process.exit(exitCodes.done);
}

if (require.main === module) void main(process.argv.slice(2));
