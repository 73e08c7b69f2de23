/** `wattbandit gpu`: the GPUs of this host and their power limits. Needs no Temporal. */
import type { Command } from 'commander';
import { exitCodes } from './failures';
import { listGpus } from './gpuList';
import { type GpuOptions, addGpuOptions, leaseDirectoryOf, noGpuText, tryDrivers } from './gpuOptions';
import { type RestoreOptions, restoreGpus } from './gpuRestore';
import { watchGpus } from './gpuWatch';
import { interruption } from './interruption';
import { seconds } from './options';
import { action } from './session';

export function addGpu(program: Command): void {
  const gpu = program.command('gpu').description("this host's GPUs and their power limits; needs no Temporal");
  addGpuOptions(gpu.command('list'))
    .description('list GPUs, who holds them, which a run may have and why not the others')
    .action(action(({ output }, options: GpuOptions) => listGpus(output, options)));
  addGpuOptions(gpu.command('watch'))
    .description('show limits, draw and holders until interrupted; with -o jsonl a line for each GPU and look')
    .option('--every <duration>', 'how often to look', seconds, 1)
    .action(
      action(async ({ output }, options: GpuOptions & { every: number }, command: Command) => {
        if (output.format === 'json') command.error('error: it has no end, so JSON comes in lines: -o jsonl');
        const attempts = await tryDrivers(options);
        const found = attempts.find(({ driver, reports }) => driver !== undefined || reports.length > 0);
        if (found?.driver === undefined) {
          output.complain(noGpuText(attempts));
          return exitCodes.notFound;
        }
        const signal = interruption();
        const { driver } = found;
        const directory = await leaseDirectoryOf(options);
        await watchGpus(output, { found: { ...found, driver }, directory, everySeconds: options.every, signal });
        return signal.reason === 'SIGINT' ? exitCodes.interrupted : exitCodes.done;
      }),
    );
  addGpuOptions(gpu.command('restore'))
    .description('put back the power limits that dead runs left changed; runs that live keep theirs')
    .argument('[uuids...]', 'which GPUs (default: all)')
    .option('--all', 'all of them, as without UUIDs')
    .option('--dry-run', 'only say what would be done')
    .option('--force', 'also where somebody else moved the limit meanwhile; name the GPUs')
    .action(
      action(async ({ output }, uuids: readonly string[], options: GpuOptions & RestoreOptions, command: Command) => {
        if (options.all === true && uuids.length > 0) command.error('error: --all leaves no UUIDs to name');
        if (options.force === true && uuids.length === 0) command.error('error: --force needs the UUIDs of the GPUs');
        return restoreGpus(output, uuids, options);
      }),
    );
}
