import { type Orders } from './orders';
export declare function untilWorkerEnds(orders: Orders): Promise<'done' | 'gone'>;
//# sourceMappingURL=untilWorkerEnds.d.ts.map