export declare function printable(text: string): string;
//# sourceMappingURL=printable.d.ts.map