"use strict";
var __importDefault = (this && this.__importDefault) || function (mod) {
    return (mod && mod.__esModule) ? mod : { "default": mod };
};
Object.defineProperty(exports, "__esModule", { value: true });
exports.wholeNumber = wholeNumber;
exports.finiteNumber = finiteNumber;
exports.positiveNumber = positiveNumber;
exports.ratio = ratio;
exports.port = port;
exports.secretReference = secretReference;
exports.list = list;
exports.slot = slot;
exports.instant = instant;
exports.seconds = seconds;
exports.perJob = perJob;
/** Values of options and arguments, checked as they are read: a bad one is a usage error. */
const commander_1 = require("commander");
const ms_1 = __importDefault(require("ms"));
const messages_1 = require("../../workflows/messages");
function wholeNumber(text) {
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value > 0)
        return value;
    throw new commander_1.InvalidArgumentError('It must be a whole number above 0.');
}
function finiteNumber(text) {
    const value = Number(text);
    if (text.trim() !== '' && Number.isFinite(value))
        return value;
    throw new commander_1.InvalidArgumentError('It must be a number.');
}
function positiveNumber(text) {
    const value = finiteNumber(text);
    if (value > 0)
        return value;
    throw new commander_1.InvalidArgumentError('It must be a number above 0.');
}
function ratio(text) {
    const value = finiteNumber(text);
    if (value >= 0 && value <= 1)
        return value;
    throw new commander_1.InvalidArgumentError('It must be a number from 0 to 1.');
}
/** 0 for a free one. */
function port(text) {
    const value = Number(text);
    if (/^\d+$/.test(text) && value <= 65_535)
        return value;
    throw new commander_1.InvalidArgumentError('It must be a port, from 0 to 65535.');
}
function secretReference(text) {
    const [, kind, place = ''] = /^(env|file):(.+)$/.exec(text) ?? [];
    if (kind !== undefined)
        return kind === 'env' ? { env: place } : { file: place };
    throw new commander_1.InvalidArgumentError('It must be env:NAME or file:path; a secret itself would be seen in process lists.');
}
/** Values between commas, each once. */
function list(text) {
    const values = text
        .split(',')
        .map((value) => value.trim())
        .filter((value) => value !== '');
    if (values.length > 0)
        return [...new Set(values)];
    throw new commander_1.InvalidArgumentError('It must name at least one.');
}
/** A slot, written in any way that names an instant. */
function slot(text) {
    const at = new Date(text);
    if (/^\d{4}-\d\d/.test(text) && !Number.isNaN(at.getTime()))
        return (0, messages_1.slotAt)(at);
    throw new commander_1.InvalidArgumentError('It must be an instant, as 2021-07-01T05:00:00Z.');
}
/** An instant of a calendar: a day begins in UTC, and a time needs its zone, for a report must be the same everywhere. */
function instant(text) {
    const at = new Date(text);
    const isClear = /^\d{4}-\d\d(-\d\d)?$/.test(text) || /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text);
    if (isClear && !Number.isNaN(at.getTime()))
        return at.toISOString();
    throw new commander_1.InvalidArgumentError('It must be a day, as 2026-11-01, or an instant, as 2026-11-01T05:00:00Z.');
}
/** A duration, in seconds. */
function seconds(text) {
    const value = /^[\d.]+$/.test(text) ? Number(text) : durationSeconds(text);
    if (Number.isFinite(value) && value > 0)
        return value;
    throw new commander_1.InvalidArgumentError('It must be a duration, as 90s, 10m or 2h.');
}
/** `ms` types what it parses more narrowly than what it takes. */
function durationSeconds(text) {
    const parse = ms_1.default;
    const milliseconds = parse(text);
    return typeof milliseconds === 'number' ? milliseconds / 1000 : Number.NaN;
}
/** One value for all jobs, or one for each job named: `0.6`, `cifar100=0.6`. */
function perJob(text, earlier) {
    const [job = '', value] = text.split('=');
    if (value === undefined && earlier === undefined)
        return finiteNumber(text);
    if (value === undefined || typeof earlier === 'number')
        throw new commander_1.InvalidArgumentError('Give one value for all jobs, or job=value for each.');
    return { ...earlier, [job]: finiteNumber(value) };
}
//# sourceMappingURL=options.js.map