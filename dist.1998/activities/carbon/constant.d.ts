/** One value for ever: an annual mean, a tariff, or a grid that nobody tells of. */
import { type Clock } from './gridSlots';
import type { CarbonKind, FactorType, Source } from './source';
export interface ConstantOptions {
    readonly zone: string;
    readonly value: ConstantValue;
    readonly clock?: Clock | undefined;
}
export type ConstantValue = {
    readonly kind: CarbonKind;
    readonly gramsPerKwh: number;
    readonly factorType?: FactorType | undefined;
} | {
    readonly kind: 'price';
    readonly pricePerKwh: number;
    readonly currency: string;
};
export declare function createConstant({ zone, value, clock }: ConstantOptions): Source;
//# sourceMappingURL=constant.d.ts.map