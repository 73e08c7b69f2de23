"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createRecorded = createRecorded;
/** A recorded signal, played by the wall clock. What it holds of the time to come serves as a forecast without error. */
const promises_1 = require("node:fs/promises");
const node_zlib_1 = require("node:zlib");
const error_1 = require("./error");
const gridSlots_1 = require("./gridSlots");
const recordedCsv_1 = require("./recordedCsv");
const replayed_1 = require("./replayed");
const maxBytes = 64 * 1024 * 1024;
/** How far back the newest value is looked for; an older one is of no use. */
const lookBackSeconds = 7 * 86_400;
const longestHours = 24 * 366;
function createRecorded(options) {
    const { zone, file, values, columns, slotMinutes = 60, clock = gridSlots_1.systemClock } = options;
    const { shiftDays = 0, repeat = false } = options;
    const slotSeconds = slotMinutes * 60;
    const { kind } = values;
    const facts = {
        provider: 'recorded',
        zone,
        kind,
        slotSeconds,
        historyHours: longestHours,
        forecastHours: longestHours,
    };
    let opened;
    const open = async () => {
        const rows = (0, recordedCsv_1.parseRecording)(file, await textOf(file), columns);
        return (0, replayed_1.createPlayer)(rows, slotSeconds, { shiftDays, repeat });
    };
    const between = async (fromSeconds, toSeconds) => {
        opened ??= open();
        // A file that could not be read may be mended.
        const play = await opened.catch((error) => {
            opened = undefined;
            throw error;
        });
        return play(fromSeconds, toSeconds).map((slot) => readingOf(slot, options, (0, gridSlots_1.secondsOf)(clock())));
    };
    return {
        facts,
        async now() {
            const now = (0, gridSlots_1.secondsOf)(clock());
            const recent = await between(now - lookBackSeconds, now + 1);
            if (recent.length > 0)
                return (0, gridSlots_1.newestBegun)(recent, now);
            const remedy = 'move it by shiftDays, or repeat it';
            throw new error_1.SourceError('invalid', `${file} has nothing of ${(0, gridSlots_1.instantAt)(now)} or the week before; ${remedy}`);
        },
        history: ({ fromAt, toAt }) => between((0, gridSlots_1.secondsOf)(fromAt), (0, gridSlots_1.secondsOf)(toAt)),
        async forecast(hours) {
            const now = (0, gridSlots_1.secondsOf)(clock());
            return between(now, now + hours * 3600);
        },
    };
}
function readingOf({ fromSeconds, toSeconds, value }, { zone, values }, now) {
    const slot = {
        provider: 'recorded',
        zone,
        validFromAt: (0, gridSlots_1.instantAt)(fromSeconds),
        validToAt: (0, gridSlots_1.instantAt)(toSeconds),
        issuedAt: null,
        status: fromSeconds <= now ? 'observed' : 'forecast',
    };
    if (values.kind !== 'price')
        return { ...slot, kind: values.kind, factorType: values.factorType ?? null, gramsPerKwh: value };
    const { kind, currency, per } = values;
    return { ...slot, kind, currency, pricePerKwh: per === 'kWh' ? value : value / 1000 };
}
async function textOf(file) {
    try {
        if ((await (0, promises_1.stat)(file)).size <= maxBytes)
            return unpacked(file, await (0, promises_1.readFile)(file));
    }
    catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : 'no reason given';
        throw new error_1.SourceError('invalid', `its recording ${file} cannot be read (${code}); check the path`);
    }
    throw new error_1.SourceError('invalid', `its recording ${file} is longer than ${maxBytes} bytes; cut it`);
}
function unpacked(file, bytes) {
    return (file.endsWith('.gz') ? (0, node_zlib_1.gunzipSync)(bytes, { maxOutputLength: maxBytes }) : bytes).toString('utf8');
}
//# sourceMappingURL=recorded.js.map