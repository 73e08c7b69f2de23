/** The workflows a worker registers. */
export { bandit } from './bandit';
export { recurrence } from './recurrence';
