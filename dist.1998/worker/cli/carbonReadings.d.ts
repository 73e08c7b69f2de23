import type { Reading, SourceFacts } from '../../activities/carbon/source';
import { type Style } from './text';
export declare function valueOf(reading: Reading): number;
export declare function unitOf(reading: Reading): string;
/** Grams to the gram, money to the hundredth of a cent. */
export declare function valueText(reading: Reading, value?: number): string;
export type ReadingRow = Reading & {
    readonly unit: string;
};
export declare function readingRow(reading: Reading): ReadingRow;
export declare function nowRow(reading: Reading, { slotSeconds }: SourceFacts, now: Date): {
    provider: string;
    zone: string;
    validFromAt: string;
    validToAt: string;
    issuedAt: string | null;
    status: import("../../activities/carbon/source").ReadingStatus;
    warnings?: readonly string[] | undefined;
    kind: import("../../activities/carbon/source").CarbonKind;
    factorType: import("../../activities/carbon/source").FactorType | null;
    gramsPerKwh: number;
    unit: string;
    ageSeconds: number;
    stale: boolean;
} | {
    provider: string;
    zone: string;
    validFromAt: string;
    validToAt: string;
    issuedAt: string | null;
    status: import("../../activities/carbon/source").ReadingStatus;
    warnings?: readonly string[] | undefined;
    kind: 'price';
    currency: string;
    pricePerKwh: number;
    unit: string;
    ageSeconds: number;
    stale: boolean;
};
export declare function nowText(row: ReturnType<typeof nowRow>, style: Style): string;
//# sourceMappingURL=carbonReadings.d.ts.map