import { type CarbonTimerInput } from './messages';
export declare function carbonTimer(input: CarbonTimerInput): Promise<void>;
//# sourceMappingURL=carbonTimer.d.ts.map