/** CAP_SYS_ADMIN is what the NVIDIA driver asks for; root in a container often lacks it. */
export declare function hasSysAdmin(status?: string | undefined): boolean;
//# sourceMappingURL=privilege.d.ts.map