"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.uuidFor = uuidFor;
/** `undefined`: it cannot be told apart. */
function uuidFor(gpu, all, local) {
    if (typeof gpu.pci_address === 'string') {
        const address = gpu.pci_address.toLowerCase();
        return local.find(({ pciAddress }) => pciAddress === address)?.uuid ?? `PCI-${address}`;
    }
    const alike = all.length === local.length && all.every(({ id, name }) => local[id]?.name === name);
    return alike ? local[gpu.id]?.uuid : undefined;
}
//# sourceMappingURL=zeusdIdentity.js.map