/** The workflows that run on the host that trains, beside its activities. */
export { carbonTimer } from './carbonTimer';
//# sourceMappingURL=onHosts.d.ts.map