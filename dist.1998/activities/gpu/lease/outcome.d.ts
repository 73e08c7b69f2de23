/** What became of one GPU's power limit when somebody wanted to put it back, and how to say so. */
export type Restored = 
/** The limit was ours and is the prior one again. */
{
    readonly kind: 'restored';
    readonly uuid: string;
    readonly watts: number;
    readonly fromWatts: number;
}
/** It was the prior one already. */
 | {
    readonly kind: 'already';
    readonly uuid: string;
    readonly watts: number;
}
/** The host restarted since, and with it the driver's limits. */
 | {
    readonly kind: 'rebooted';
    readonly uuid: string;
}
/** Somebody else moved it meanwhile: theirs to mend. */
 | {
    readonly kind: 'foreign';
    readonly uuid: string;
    readonly watts: number;
    readonly originalWatts: number;
}
/** The journal cannot be read, so nobody knows the prior limit. */
 | {
    readonly kind: 'bad';
    readonly uuid: string;
    readonly path: string;
}
/** The driver refused; the journal is kept for the next try. */
 | {
    readonly kind: 'kept';
    readonly uuid: string;
    readonly reason: string;
};
/** One sentence for logs and for the command line. */
export declare function sayRestored(outcome: Restored): string;
/** Whether somebody has to look at it. */
export declare function isAlarming({ kind }: Restored): boolean;
//# sourceMappingURL=outcome.d.ts.map