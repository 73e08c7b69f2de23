import { type Scenario } from './scenario';
export declare const scenarioNames: readonly string[];
export declare function scenarioNamed(name: string): Scenario;
//# sourceMappingURL=scenarios.d.ts.map