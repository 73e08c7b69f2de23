/** Text for a terminal: harmless, aligned, readable. */
/** Data as it may be printed: control characters become their escape sequences. */
export declare function plain(data: string): string;
/** The same for text of several lines. */
export declare function plainLines(text: string): string;
/** JSON on one line that no terminal takes for commands. */
export declare function plainJson(value: unknown, space?: number): string;
export interface Column<Row> {
    readonly title: string;
    readonly align?: 'right';
    readonly cell: (row: Row) => string;
}
/** Titles and rows, columns two spaces apart. */
export declare function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string;
/** Names and values, aligned. */
export declare function pairs(entries: readonly (readonly [name: string, value: string])[]): string;
export interface Style {
    readonly bold: (text: string) => string;
    readonly dim: (text: string) => string;
    readonly good: (text: string) => string;
    readonly doubtful: (text: string) => string;
    readonly bad: (text: string) => string;
}
export declare function styleFor(color: boolean): Style;
//# sourceMappingURL=text.d.ts.map