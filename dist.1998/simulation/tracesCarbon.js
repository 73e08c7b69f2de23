"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.loadZones = loadZones;
exports.loadCurves = loadCurves;
/** Zones and power curves out of files: recorded carbon intensities, and Zeus's power traces. */
const node_fs_1 = require("node:fs");
const node_path_1 = require("node:path");
const node_zlib_1 = require("node:zlib");
const carbonCurves_1 = require("./carbonCurves");
const carbonSeries_1 = require("./carbonSeries");
const error_1 = require("./error");
const traceRows_1 = require("./traceRows");
const traces_1 = require("./traces");
/** Files of forecasts lie beside recorded ones; they are no record of a grid. */
const recorded = /^(?!.*forecast).*\.csv(\.gz)?$/i;
/** One zone for each recorded CSV file of a directory, in the order of their names. */
function loadZones(directory, wanted) {
    if (!(0, node_fs_1.statSync)(directory, { throwIfNoEntry: false })?.isDirectory())
        throw new error_1.SimulationError(`Cannot read carbon intensities: there is no directory ${directory}.`);
    const files = (0, node_fs_1.readdirSync)(directory)
        .filter((file) => recorded.test(file))
        .toSorted();
    const zones = zoneNames(files);
    const unknown = wanted?.find((name) => !zones.includes(name));
    if (files.length === 0 || unknown !== undefined) {
        throw new error_1.SimulationError(`Cannot simulate ${unknown ?? 'any zone'}: ${directory} has ${files.length === 0 ? 'no CSV files' : zones.join(', ')}.`);
    }
    return files.flatMap((file, at) => {
        const zone = zones[at] ?? file;
        if (wanted !== undefined && !wanted.includes(zone))
            return [];
        return [(0, carbonSeries_1.parseCarbonSeries)(file, zone, textOf((0, node_path_1.join)(directory, file)))];
    });
}
function textOf(path) {
    const bytes = (0, node_fs_1.readFileSync)(path);
    return (path.endsWith('.gz') ? (0, node_zlib_1.gunzipSync)(bytes) : bytes).toString('utf8');
}
/** What files call themselves before they go on about units and years; whole names where that is not unique. */
function zoneNames(files) {
    const stems = files.map((file) => file.replace(/\.csv(\.gz)?$/i, ''));
    const brief = stems.map((stem) => stem.replace(/[ _.-](life.?cycle|direct|carbon|emissions?|hourly|\d{4}).*$/i, ''));
    return brief.map((name, at) => (brief.indexOf(name) === brief.lastIndexOf(name) ? name : (stems[at] ?? name)));
}
/** The four that published figures are about. */
const usualCurves = ['a40-resnet50-b128', 'v100-resnet50-b256', 'rtx6000-resnet50-b256', 'a40-bert_base_uncased-b128'];
/** By GPU, network and batch size, as a40-resnet50-b128; the usual four, or the largest batch of every job where those are not recorded. */
function loadCurves(directory, wanted) {
    const all = (0, traces_1.listGpuModels)(directory).flatMap((gpu) => recordedOf(directory, gpu));
    const named = (name) => all.find((one) => one.name === name);
    const unknown = wanted?.find((name) => named(name) === undefined);
    if (all.length === 0 || unknown !== undefined) {
        throw new error_1.SimulationError(`Cannot simulate ${unknown ?? 'any GPU'}: ${directory} has ${all.map((one) => one.name).join(', ') || 'no power files'}.`);
    }
    const usual = usualCurves.filter((name) => named(name) !== undefined);
    const names = wanted ?? (usual.length > 0 ? usual : largestOf(all));
    return names.flatMap(named).flatMap((one) => (one === undefined ? [] : [(0, carbonCurves_1.curveOf)(one.name, one.rows)]));
}
function recordedOf(directory, gpu) {
    const file = `summary_power_${gpu}.csv`;
    const groups = groupBy((0, traceRows_1.parsePowerRows)(file, (0, node_fs_1.readFileSync)((0, node_path_1.join)(directory, file), 'utf8')), ({ batchSize, network, dataset }) => `${gpu}-${network}-b${batchSize}|${dataset}`);
    const names = [...groups.keys()].map((key) => key.split('|'));
    return [...groups.entries()].map(([key, rows]) => {
        const [name = key, dataset] = key.split('|');
        // BERT is trained on two datasets; the one of published figures has the short name.
        const isShort = dataset === 'sentiment140' || names.filter(([other]) => other === name).length === 1;
        return { name: isShort ? name : `${name}-${dataset}`, rows };
    });
}
function largestOf(all) {
    const jobs = groupBy(all, ({ name }) => name.replace(/-b\d+/, ''));
    const batch = ({ rows }) => rows[0]?.batchSize ?? 0;
    return [...jobs.values()]
        .flatMap((ofJob) => ofJob.toSorted((a, b) => batch(b) - batch(a)).slice(0, 1))
        .map(({ name }) => name);
}
function groupBy(rows, keyOf) {
    const groups = new Map();
    for (const row of rows) {
        const key = keyOf(row);
        const group = groups.get(key) ?? [];
        group.push(row);
        groups.set(key, group);
    }
    return groups;
}
//# sourceMappingURL=tracesCarbon.js.map