/** The one nearest to `inForceWatts` that would be clamped to it as well: asking for it again brings the same limit back. */
export declare function selectableFor(wantedWatts: number, inForceWatts: number, selectable: readonly number[]): number;
//# sourceMappingURL=limitInForce.d.ts.map