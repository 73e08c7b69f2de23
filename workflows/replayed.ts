/** The workflows whose histories can be replayed: those of a worker, and those of the hosts beside it. */
export { bandit, recurrence } from '.';
export { carbonTimer } from './onHosts';
