/** `wattbandit carbon`: what a kWh is in grams or money, now and in the coming hours, and who tells it. Needs no Temporal. */
import type { Command } from 'commander';
import { createSource } from '../../activities/carbon/sourceDescription';
import { chart } from './carbonChart';
import { type CarbonOptions, addCarbonOptions, describedSource } from './carbonOptions';
import { nowRow, nowText, readingRow } from './carbonReadings';
import { listSources } from './carbonSources';
import { positiveNumber } from './options';
import { action } from './session';

export function addCarbon(program: Command): void {
  const carbon = program.command('carbon').description('carbon intensity or price of a grid; needs no Temporal');
  addCarbonOptions(carbon.command('now'))
    .description('show the slot of now')
    .action(
      action(async ({ output }, options: CarbonOptions, command: Command) => {
        const source = createSource(await describedSource(options, command));
        const row = nowRow(await source.now(), source.facts, new Date());
        output.one(row, (style) => nowText(row, style));
      }),
    );
  addCarbonOptions(carbon.command('forecast'))
    .description('show the coming hours as bars, the lowest in green')
    .option('--hours <n>', 'how far', positiveNumber, 24)
    .action(
      action(async ({ output }, { hours, ...options }: CarbonOptions & { hours: number }, command: Command) => {
        const source = createSource(await describedSource(options, command));
        const readings = await source.forecast(hours);
        output.many('forecast', readings.map(readingRow), (style) => chart(readings, style));
      }),
    );
  carbon
    .command('sources')
    .description('list providers, what they tell, their licences, and which are configured')
    .option('-c, --config <file>', 'worker configuration (YAML) with a carbon section')
    .action(
      action(async ({ output }, { config }: { config?: string }, command: Command) => {
        await listSources(output, config === undefined ? undefined : await describedSource({ config }, command));
      }),
    );
}
