/** `wattbandit doctor`: does everything stand that wattbandit stands on? Each line passes, warns or fails with its mending. */
import type { Command } from 'commander';
import { type Finding, localChecks } from './checks';
import { exitCodes } from './failures';
import { gpuChecks } from './gpuChecks';
import { type GpuOptions, addGpuOptions } from './gpuOptions';
import { serverChecks } from './serverChecks';
import { action } from './session';
import { type Style, plain } from './text';

export function addDoctor(program: Command): void {
  addGpuOptions(program.command('doctor'))
    .description('check Temporal, this computer, its GPUs and the recordings, and say how to mend what is wrong')
    .option('--task-queue <name>', 'whose workers to look for')
    .action(
      action(async ({ globals, output }, options: GpuOptions & { taskQueue?: string }) => {
        const findings = [
          ...(await localChecks()),
          ...(await gpuChecks(options)),
          ...(await serverChecks(globals, options.taskQueue)),
        ];
        output.many('checks', findings, (style) => findings.map((finding) => line(finding, style)).join('\n'));
        return findings.some(({ state }) => state === 'fail') ? exitCodes.checkFailed : exitCodes.done;
      }),
    );
}

function line({ state, check, detail, fix }: Finding, style: Style): string {
  const mark = { pass: style.good('pass'), warn: style.doubtful('warn'), fail: style.bad('fail') }[state];
  const mending = fix === null ? '' : `\n      ${plain(fix)}`;
  return `${mark}  ${style.bold(check)}: ${plain(detail)}${mending}`;
}
