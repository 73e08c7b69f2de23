/** An operator's orders in words, for the Temporal UI and the command line alike. */
import type { Order, Override } from '../policy/override';

export function orderText(order: Order): string {
  switch (order.kind) {
    case 'pinBatchSize':
      return `batch size ${order.batchSize}`;
    case 'banBatchSize':
      return `no batch size ${order.batchSize}`;
    case 'pinPowerLimit':
      return `power limit ${order.powerLimitWatts} W`;
    case 'powerBound':
      return `at most ${order.powerLimitWatts} W`;
    case 'eta':
      return `η ${order.eta}`;
    case 'slowDownBound':
      return `at most ×${order.maxSlowdown} slower`;
    case 'pauseLearning':
      return 'learning paused: nothing new is tried';
    case 'pauseTuning':
      return 'tuning paused: default batch size, highest limit';
    case 'freeze':
      return 'frozen: batch size and limit stay';
    case 'resume':
      return 'resumed: no pause and no freeze';
    case 'trust':
      return `trust ${order.level}`;
  }
}

export const endText = ({ expiresAt }: Pick<Override, 'expiresAt'>): string =>
  expiresAt === null ? 'until it is cleared' : `until ${expiresAt.slice(0, 19)}Z`;
