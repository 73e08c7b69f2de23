/** What the first line of a chain that follows no other is hashed with. */
export declare const chainStart: string;
/** Keys in order, no blanks: the same value gives the same text. */
export declare function canonicalJson(value: unknown): string;
/** The text of a chain: header, lines, seal. `previous`: the last hash of the chain that it goes on from. */
export declare function chained(header: object, lines: readonly object[], seal: object, previous?: string): string;
type Fields = Readonly<Record<string, unknown>>;
export type Verified = {
    readonly ok: true;
    readonly header: Fields;
    readonly seal: Fields;
    readonly hash: string;
}
/** `line` counts from 1. */
 | {
    readonly ok: false;
    readonly line: number;
    readonly why: string;
};
/** The first thing that is wrong with a chain, if any. */
export declare function verifyChain(text: string): Verified;
export {};
//# sourceMappingURL=chain.d.ts.map