import type { GpuDriver } from '../driver';
import type { Orders } from './orders';
/** The kernel frees the lock with the worker's last breath, perhaps a little after the pipe. */
export declare function putBack(orders: Orders, uuid: string, driver: GpuDriver): Promise<void>;
//# sourceMappingURL=putBack.d.ts.map