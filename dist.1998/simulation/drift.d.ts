import { type Scenario } from './scenario';
export declare const driftScenarios: readonly Scenario[];
//# sourceMappingURL=drift.d.ts.map