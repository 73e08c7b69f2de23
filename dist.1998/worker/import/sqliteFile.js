"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.withTables = withTables;
/** SQLite files that are not to be trusted: read from a copy of their own, ordinary tables only, nothing written. */
const node_fs_1 = require("node:fs");
const promises_1 = require("node:fs/promises");
const node_os_1 = require("node:os");
const node_path_1 = require("node:path");
const node_sqlite3_wasm_1 = require("node-sqlite3-wasm");
const errors_1 = require("../errors");
const input_1 = require("./input");
const mostBytes = 64 * 1024 * 1024;
const magic = 'SQLite format 3\0';
/** Offsets of the versions that must be read and written; 2 is a write-ahead log, which the copy has not. */
const versionBytes = [18, 19];
/** @throws WattbanditError `invalid` if the file cannot be read, or has not these tables */
async function withTables(file, use) {
    const bytes = await readDatabase(file);
    const directory = await (0, promises_1.mkdtemp)((0, node_path_1.join)((0, node_os_1.tmpdir)(), 'wattbandit-import-'));
    try {
        const copy = (0, node_path_1.join)(directory, 'copy.db');
        await (0, promises_1.writeFile)(copy, bytes, { mode: 0o600 });
        return useCopy(copy, use);
    }
    catch (error) {
        throw error instanceof errors_1.WattbanditError ? error : (0, input_1.cannotImport)(file, (0, input_1.messageOf)(error), error);
    }
    finally {
        await (0, promises_1.rm)(directory, { recursive: true, force: true });
    }
}
/** What is still in a log beside the file would be missing without a word. */
async function readDatabase(file) {
    const bytes = await (0, input_1.readBytes)(file, mostBytes);
    if (bytes.subarray(0, magic.length).toString('latin1') !== magic)
        throw (0, input_1.cannotImport)(file, 'it is not a SQLite database');
    for (const beside of [`${file}-wal`, `${file}-journal`]) {
        if ((0, node_fs_1.existsSync)(beside) && (0, node_fs_1.statSync)(beside).size > 0)
            throw (0, input_1.cannotImport)(file, `${beside} holds changes that are not in it yet; stop what writes to it, or give a copy made by sqlite3's .backup`);
    }
    for (const at of versionBytes)
        bytes[at] = 1;
    return bytes;
}
function useCopy(copy, use) {
    const database = new node_sqlite3_wasm_1.Database(copy, { readOnly: true, fileMustExist: true });
    try {
        // Functions with side effects may not be called by what the file itself defines.
        database.exec('PRAGMA trusted_schema = OFF');
        return use({ rows: (query) => rowsOf(database, query) });
    }
    finally {
        database.close();
    }
}
function rowsOf(database, query) {
    const { table, columns, where, orderBy, most } = query;
    requirePlainTable(database, query);
    const condition = where === undefined ? '' : `WHERE ${quoted(where.column)} = ?`;
    const sql = `SELECT ${columns.map(quoted).join(', ')} FROM ${quoted(table)} ${condition} ORDER BY ${quoted(orderBy)} LIMIT ${most}`;
    return database.all(sql, where === undefined ? [] : [where.is]);
}
/** A view, a virtual table or a computed column may run anything, for ever. */
function requirePlainTable(database, { table, columns }) {
    const found = database.get("SELECT type, rootpage FROM sqlite_schema WHERE name = ? AND type IN ('table', 'view')", [
        table,
    ]);
    if (found?.['type'] !== 'table' || !Number(found['rootpage']))
        throw new Error(`it has no ordinary table ${table}`);
    const there = database.all('SELECT name, hidden FROM pragma_table_xinfo(?)', [table]);
    for (const column of columns) {
        const of = there.find(({ name }) => name === column);
        if (of === undefined)
            throw new Error(`its table ${table} has no column ${column}`);
        if (Number(of['hidden']) !== 0)
            throw new Error(`column ${column} of its table ${table} is computed`);
    }
}
const quoted = (name) => `"${name}"`;
//# sourceMappingURL=sqliteFile.js.map