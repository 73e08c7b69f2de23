export interface Tables {
    /** The first `most` rows in the order given. Names come from this program, never from the file. */
    rows(query: TableQuery): readonly Readonly<Record<string, unknown>>[];
}
export interface TableQuery {
    readonly table: string;
    readonly columns: readonly string[];
    readonly where?: {
        readonly column: string;
        readonly is: string;
    };
    readonly orderBy: string;
    readonly most: number;
}
/** @throws WattbanditError `invalid` if the file cannot be read, or has not these tables */
export declare function withTables<T>(file: string, use: (tables: Tables) => T): Promise<T>;
//# sourceMappingURL=sqliteFile.d.ts.map