/** NVML's handle of a GPU; worthless after a reload of the driver. */
export interface NvmlDevice {
    readonly ofNvml: never;
}
/** Every call throws `NvmlError` for a return code other than success. */
export type NvmlLibrary = Awaited<ReturnType<typeof loadNvmlLibrary>>;
/** `file` is searched for as dlopen does, so LD_LIBRARY_PATH counts. */
export declare function loadNvmlLibrary(file: string): Promise<{
    init: (...args: readonly unknown[]) => Promise<void>;
    shutdown: (...args: readonly unknown[]) => void;
    count: () => number;
    deviceAt: (index: number) => NvmlDevice;
    uuid: (device: NvmlDevice) => string;
    name: (device: NvmlDevice) => string;
    /** As `lspci -D` writes it: 0000:1a:00.0. */
    pciAddress: (device: NvmlDevice) => string;
    limitMw: (device: NvmlDevice) => number;
    defaultLimitMw: (device: NvmlDevice) => number;
    enforcedLimitMw: (device: NvmlDevice) => number;
    limitRangeMw: (device: NvmlDevice) => {
        minMw: number;
        maxMw: number;
    };
    setLimitMw: (device: NvmlDevice, mw: number) => Promise<void>;
    /** Since the driver was loaded; a new value every 20 to 100 ms. Volta and newer. */
    energyMj: (device: NvmlDevice) => number;
    powerMw: (device: NvmlDevice) => number;
    temperatureCelsius: (device: NvmlDevice) => number;
    clockEventReasons: (device: NvmlDevice) => number;
    computeProcesses: (device: NvmlDevice) => number;
    persistence: (device: NvmlDevice) => boolean;
    mig: (device: NvmlDevice) => boolean;
}>;
/** NVML writes 00000000:1A:00.0, Linux 0000:1a:00.0. */
export declare function pciAddressFor(busId: string): string;
//# sourceMappingURL=nvmlLibrary.d.ts.map