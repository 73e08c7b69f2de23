import { type RecurrenceInput, type RecurrenceResult } from './messages';
export declare function recurrence(input: RecurrenceInput): Promise<RecurrenceResult>;
//# sourceMappingURL=recurrence.d.ts.map