/** Undefined where the file is missing or says nothing readable. */
export declare function textIn(directory: string, name: string): Promise<string | undefined>;
/** Never makes a file: only the kernel makes such files. */
export declare function writeText(file: string, text: string): Promise<void>;
//# sourceMappingURL=sysfs.d.ts.map