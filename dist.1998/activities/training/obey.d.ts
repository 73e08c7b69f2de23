import type { RunOrders } from '../../policy/override';
import type { RunsUnderWay } from './underWay';
export declare function createObeyActivities({ underWay }: {
    readonly underWay: RunsUnderWay;
}): {
    /** False where an administrator of the host moved the limit, who is not contradicted. */
    obeyRun(key: string, orders: RunOrders): Promise<boolean>;
};
export type ObeyActivities = ReturnType<typeof createObeyActivities>;
//# sourceMappingURL=obey.d.ts.map