/** HTML out of data: whatever stands in a value is text, never markup. */
/** Put in as it is; all else is escaped. */
export interface Markup {
    readonly html: string;
}
type Value = string | number | Markup | readonly Markup[];
/** A template in which every value is escaped. */
export declare function markup(parts: TemplateStringsArray, ...values: readonly Value[]): Markup;
/** Also characters that no page may contain, and those that turn the direction of writing. */
export declare function escaped(text: string): string;
export {};
//# sourceMappingURL=markup.d.ts.map