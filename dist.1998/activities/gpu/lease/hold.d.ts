import type { Holder } from './journal';
export declare function lockPath(directory: string, uuid: string): string;
/** The GPU whose lock a file is, if it is one. */
export declare function uuidOfLock(fileName: string): string | undefined;
export declare function holderFor(runId: string): Promise<Holder>;
/**
 * Runs `use` while this process holds all GPUs. Lock files stay: were one removed, two runs could each lock their own.
 * @throws GpuBusy
 */
export declare function whileHolding<T>(directory: string, uuids: readonly string[], holder: Holder, use: () => Promise<T>): Promise<T>;
/** Who signed the lock last; whether he still holds it, only the lock tells. */
export declare function holderOf(directory: string, uuid: string): Promise<Holder | undefined>;
//# sourceMappingURL=hold.d.ts.map