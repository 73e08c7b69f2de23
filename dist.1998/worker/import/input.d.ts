import type { z } from 'zod';
import { WattbanditError } from '../errors';
export declare function cannotImport(file: string, why: string, cause?: unknown): WattbanditError;
/** Reads one byte more than allowed at most, so that even a device that never ends is refused. @throws WattbanditError */
export declare function readBytes(file: string, mostBytes: number): Promise<Buffer>;
/** UTF-8, without a byte-order mark. @throws WattbanditError */
export declare function readText(file: string, mostBytes: number): Promise<string>;
/** Also of errors that another realm threw. */
export declare function messageOf(error: unknown): string;
/** What is wrong with a row, in one line. */
export declare function problemsIn({ issues }: z.core.$ZodError): string;
//# sourceMappingURL=input.d.ts.map