/** `wattbandit config`: files checked without a server, and what may stand in them. */
import { type Command, Argument } from 'commander';
import { z } from 'zod';
import { sweepSchema } from '../../simulation/sweep';
import { jobSpecSchema } from '../../workflows/contracts';
import { workerConfigSchema } from '../config';
import { readJobFile } from '../jobFile';
import { type Problem, InvalidFile, problemText } from '../invalidFile';
import { exitCodes } from './failures';
import { action } from './session';

const schemas = { job: jobSpecSchema, worker: workerConfigSchema, sweep: sweepSchema } as const;

export function addConfig(program: Command): void {
  const config = program.command('config').description('check job files, print their schema');
  config
    .command('check <files...>')
    .description('say whether job files are valid, and everything that is wrong with them')
    .action(
      action(async ({ output }, files: readonly string[]) => {
        const reports = await Promise.all(files.map(check));
        const problems = reports.flatMap((report) => report.problems);
        const good = reports.filter(({ valid }) => valid);
        output.many('files', reports, ({ good: green }) =>
          good.map(({ file, job }) => `${green('valid')}  ${file}  job ${job}`).join('\n'),
        );
        if (problems.length > 0) output.complain(problems.map(problemText).join('\n'));
        return problems.length > 0 ? exitCodes.invalid : exitCodes.done;
      }),
    );
  config
    .command('schema')
    .addArgument(new Argument('[kind]', 'of which file').choices(Object.keys(schemas)).default('job'))
    .description('print the JSON Schema of job files, of the worker configuration, or of sweep files')
    .action(
      action(({ output }, kind: keyof typeof schemas) => {
        output.document(z.toJSONSchema(schemas[kind], { io: 'input' }));
      }),
    );
}

interface Report {
  readonly file: string;
  readonly valid: boolean;
  readonly job: string | null;
  readonly problems: readonly Problem[];
}

async function check(file: string): Promise<Report> {
  try {
    const { job } = await readJobFile(file);
    return { file, valid: true, job, problems: [] };
  } catch (error) {
    if (!(error instanceof InvalidFile)) throw error;
    return { file, valid: false, job: null, problems: error.problems };
  }
}
