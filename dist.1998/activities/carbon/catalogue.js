"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.providers = void 0;
exports.providers = [
    {
        provider: 'gbGrid',
        kinds: ['average'],
        covers: 'Great Britain and its 17 regions',
        needsKey: false,
        cadenceMinutes: 30,
        forecastHours: 48,
        licence: 'CC BY 4.0',
    },
    {
        provider: 'electricityMaps',
        kinds: ['average'],
        covers: 'over 200 zones of the world',
        needsKey: true,
        cadenceMinutes: 60,
        forecastHours: 72,
        licence: 'by contract; the free plan is for non-commercial use, without forecast',
    },
    {
        provider: 'wattTime',
        kinds: ['marginal', 'average'],
        covers: 'regions of the US and of many countries',
        needsKey: true,
        cadenceMinutes: 5,
        forecastHours: 72,
        licence: 'by contract; without a plan CAISO_NORTH only',
    },
    {
        provider: 'carbonAwareSdk',
        kinds: ['average', 'marginal'],
        covers: 'what its backend covers',
        needsKey: false,
        cadenceMinutes: 60,
        forecastHours: 72,
        licence: "its backend's",
    },
    {
        provider: 'energyCharts',
        kinds: ['price'],
        covers: 'European bidding zones',
        needsKey: false,
        cadenceMinutes: 60,
        forecastHours: 36,
        licence: 'as license_info in its answers says: CC BY 4.0 for most zones',
    },
    {
        provider: 'recorded',
        kinds: ['average', 'marginal', 'price'],
        covers: 'a CSV file',
        needsKey: false,
        cadenceMinutes: 60,
        forecastHours: 24 * 366,
        licence: "the file's",
    },
    {
        provider: 'constant',
        kinds: ['average', 'marginal', 'price'],
        covers: 'one number',
        needsKey: false,
        cadenceMinutes: 60,
        forecastHours: 24 * 366,
        licence: 'none needed',
    },
];
//# sourceMappingURL=catalogue.js.map