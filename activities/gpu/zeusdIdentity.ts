/**
 * Which UUID a GPU of zeusd has: the daemon tells none. By the address on the bus where it tells that; else by index, but only
 * if it and NVML here see the same GPUs in the same order (in a container NVML may see a part, counted from 0 again).
 */
import type { ZeusdGpu } from './zeusdClient';

export interface LocalGpu {
  readonly uuid: string;
  readonly name: string;
  readonly pciAddress: string;
}

/** `undefined`: it cannot be told apart. */
export function uuidFor(gpu: ZeusdGpu, all: readonly ZeusdGpu[], local: readonly LocalGpu[]): string | undefined {
  if (typeof gpu.pci_address === 'string') {
    const address = gpu.pci_address.toLowerCase();
    return local.find(({ pciAddress }) => pciAddress === address)?.uuid ?? `PCI-${address}`;
  }
  const alike = all.length === local.length && all.every(({ id, name }) => local[id]?.name === name);
  return alike ? local[gpu.id]?.uuid : undefined;
}
