import { type Charging } from './charging';
export declare const windowCharging: Charging;
//# sourceMappingURL=windowCharging.d.ts.map