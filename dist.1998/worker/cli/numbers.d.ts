/** Quantities as people read them. Absent ones are a dash. */
export declare function energy(joules: number | null | undefined): string;
export declare function duration(seconds: number | null | undefined): string;
export declare function watts(limit: number | null | undefined): string;
/** A ratio as a percentage. */
export declare function percent(ratio: number | null | undefined): string;
/** A change against 1, with its sign. */
export declare function change(ratio: number | null | undefined): string;
/** An instant to the minute, or to the second where that says more; UTC. */
export declare function instant(iso: string | null | undefined): string;
//# sourceMappingURL=numbers.d.ts.map