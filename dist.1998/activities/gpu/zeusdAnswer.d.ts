import { GpuError } from './error';
export interface ZeusdAnswer {
    readonly status: number;
    readonly body: string;
}
export declare function zeusdFailureFor({ status, body }: ZeusdAnswer): GpuError;
//# sourceMappingURL=zeusdAnswer.d.ts.map