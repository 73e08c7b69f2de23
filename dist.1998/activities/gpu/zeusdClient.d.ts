import { z } from 'zod';
export interface ZeusdClientOptions {
    readonly socketPath: string;
    /** Where the daemon asks for a token: `env:NAME` or `file:/path`; read at each request, so it may be renewed. */
    readonly token?: string | undefined;
    readonly timeoutSeconds?: number;
}
declare const discovery: z.ZodObject<{
    gpus: z.ZodArray<z.ZodObject<{
        id: z.ZodNumber;
        name: z.ZodString;
        pci_address: z.ZodOptional<z.ZodNullable<z.ZodString>>;
        cumulative_energy_available: z.ZodOptional<z.ZodNullable<z.ZodBoolean>>;
    }, z.core.$strip>>;
    enabled_api_groups: z.ZodOptional<z.ZodArray<z.ZodString>>;
}, z.core.$strip>;
export type ZeusdDiscovery = z.infer<typeof discovery>;
export type ZeusdGpu = ZeusdDiscovery['gpus'][number];
export type ZeusdClient = ReturnType<typeof createZeusdClient>;
export declare function createZeusdClient(options: ZeusdClientOptions): {
    discover: () => Promise<{
        gpus: {
            id: number;
            name: string;
            pci_address?: string | null | undefined;
            cumulative_energy_available?: boolean | null | undefined;
        }[];
        enabled_api_groups?: string[] | undefined;
    }>;
    limitMw: (id: number) => Promise<number>;
    limitRangeMw: (id: number) => Promise<{
        minMw: number;
        maxMw: number;
    }>;
    energyMj: (id: number) => Promise<number>;
    powerMw: (id: number) => Promise<number>;
    persistence: (id: number) => Promise<boolean>;
    /** With `block` the answer tells what the driver said; without it failures are lost. */
    setLimitMw(id: number, mw: number): Promise<void>;
};
export {};
//# sourceMappingURL=zeusdClient.d.ts.map