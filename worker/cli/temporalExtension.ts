#!/usr/bin/env node
/** `temporal wattbandit …`: the same program, run by Temporal's command line with the flags and profiles that it knows. */
import { failureOf } from './failures';
import { main } from './main';
import { translateFlags } from './temporalFlags';
import { plainLines } from './text';

async function runExtension(given: readonly string[]): Promise<void> {
  try {
    const { args, env, ignoresEnvironment, leftOut } = translateFlags(given);
    if (ignoresEnvironment)
      for (const name of Object.keys(process.env)) if (name.startsWith('TEMPORAL_')) delete process.env[name];
    Object.assign(process.env, env);
    if (leftOut.length > 0) say(`Left out, as wattbandit has no such option: ${leftOut.join(', ')}`);
    await main(args, 'temporal wattbandit');
  } catch (error) {
    const { code, message } = failureOf(error);
    say(message);
    process.exitCode = code;
  }
}

function say(text: string): void {
  process.stderr.write(`${plainLines(text)}\n`);
}

void runExtension(process.argv.slice(2));
