/** The workflows a worker registers. */
export { bandit } from './bandit';
export { recurrence } from './recurrence';
//# sourceMappingURL=index.d.ts.map