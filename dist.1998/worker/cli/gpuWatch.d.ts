import type { FoundGpuDriver } from '../../activities/gpu/auto';
import type { Output } from './output';
export interface Watching {
    readonly found: Pick<FoundGpuDriver, 'kind' | 'driver'>;
    readonly directory: string;
    readonly everySeconds: number;
    readonly signal: AbortSignal;
}
export declare function watchGpus(output: Output, { found, directory, everySeconds, signal }: Watching): Promise<void>;
//# sourceMappingURL=gpuWatch.d.ts.map