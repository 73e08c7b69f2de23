/** The options that say what to override, and the order that they make. */
import { type Command, Option } from 'commander';
import type { Order } from '../../policy/override';
import { positiveNumber, ratio, wholeNumber } from './options';

export interface OrderOptions {
  readonly eta?: number;
  readonly batchSize?: number;
  readonly ban?: number;
  readonly powerLimit?: number;
  readonly maxPower?: number;
  readonly maxSlowdown?: number;
  readonly pauseLearning?: boolean;
  readonly pauseTuning?: boolean;
  readonly freeze?: boolean;
  readonly resume?: boolean;
}

export function addOrderOptions(command: Command): Command {
  return command
    .addOption(new Option('--eta <0..1>', 'weigh time (0) against energy (1)').argParser(ratio))
    .addOption(new Option('--batch-size <n>', 'run this batch size').argParser(wholeNumber))
    .addOption(new Option('--ban <n>', 'never run this batch size').argParser(wholeNumber))
    .addOption(new Option('--power-limit <watts>', 'hold this limit on each GPU').argParser(positiveNumber))
    .addOption(new Option('--max-power <watts>', 'no limit above this one').argParser(positiveNumber))
    .addOption(
      new Option('--max-slowdown <factor>', 'no limit that makes a run slower by more').argParser(positiveNumber),
    )
    .option('--pause-learning', 'try nothing new')
    .option('--pause-tuning', 'default batch size and highest limit, as without wattbandit')
    .option('--freeze', 'keep batch size and limit as they were last')
    .option('--resume', 'end every pause and freeze');
}

/** As many as were given: one is right. */
export function ordersOf(options: OrderOptions): readonly Order[] {
  const { eta, batchSize, ban, powerLimit, maxPower, maxSlowdown } = options;
  return [
    ...(eta === undefined ? [] : [{ kind: 'eta', eta } as const]),
    ...(batchSize === undefined ? [] : [{ kind: 'pinBatchSize', batchSize } as const]),
    ...(ban === undefined ? [] : [{ kind: 'banBatchSize', batchSize: ban } as const]),
    ...(powerLimit === undefined ? [] : [{ kind: 'pinPowerLimit', powerLimitWatts: powerLimit } as const]),
    ...(maxPower === undefined ? [] : [{ kind: 'powerBound', powerLimitWatts: maxPower } as const]),
    ...(maxSlowdown === undefined ? [] : [{ kind: 'slowDownBound', maxSlowdown } as const]),
    ...(['pauseLearning', 'pauseTuning', 'freeze', 'resume'] as const)
      .filter((kind) => options[kind] === true)
      .map((kind) => ({ kind })),
  ];
}
