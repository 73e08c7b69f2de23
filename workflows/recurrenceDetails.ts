/** What Temporal's UI shows of one recurrence. */
import type { TrainInput } from '../activities/training/train';
import type { Observation } from '../policy/facts';
import { type RunOrders, noOrders } from '../policy/override';
import { limitText } from './limitText';
import { literal } from './markdown';

export function runDetails({ slot, attempt, decision, claim }: TrainInput, orders: RunOrders): string {
  const { batchSize, mode, reason, grid } = decision;
  const where = `${claim.gpus.count} × ${literal(claim.gpus.model)}${claim.host === undefined ? '' : ` of ${literal(claim.host)}`}`;
  return [
    `**Slot ${slot}, run ${attempt}:** batch size **${batchSize}**, power limit **${limitText(decision)}** (${mode}) on ${where}. ${literal(reason)}`,
    ...(grid === undefined ? [] : [`**Grid:** ${literal(grid.explanation)}`]),
    ...(orders === noOrders ? [] : [`**Operators, since it began:** ${ordersText(orders)}`]),
  ].join('\n\n');
}

function ordersText({ eta, powerLimitWatts, maxPowerWatts, tuning }: RunOrders): string {
  const said = [
    ...(eta === undefined ? [] : [`η ${eta}`]),
    ...(powerLimitWatts === undefined ? [] : [`power limit ${powerLimitWatts} W`]),
    ...(maxPowerWatts === undefined ? [] : [`at most ${maxPowerWatts} W`]),
    ...(tuning ? [] : ['highest limit, as nothing is tuned']),
  ];
  return said.length === 0 ? 'nothing any more' : said.join(', ');
}

export function endDetails({ outcome, batchSize, powerLimitWatts, epochs, seconds, joules, detail }: Observation) {
  const told = detail === undefined ? '' : ` ${literal(detail)}`;
  return `**${outcome}:** batch size ${batchSize} at ${powerLimitWatts} W, ${epochs} epochs, ${Math.round(seconds)} s, ${Math.round(joules)} J.${told}`;
}
