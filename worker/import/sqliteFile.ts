/** SQLite files that are not to be trusted: read from a copy of their own, ordinary tables only, nothing written. */
import { existsSync, statSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from 'node-sqlite3-wasm';
import { WattbanditError } from '../errors';
import { cannotImport, messageOf, readBytes } from './input';

const mostBytes = 64 * 1024 * 1024;
const magic = 'SQLite format 3\0';
/** Offsets of the versions that must be read and written; 2 is a write-ahead log, which the copy has not. */
const versionBytes = [18, 19] as const;

export interface Tables {
  /** The first `most` rows in the order given. Names come from this program, never from the file. */
  rows(query: TableQuery): readonly Readonly<Record<string, unknown>>[];
}

export interface TableQuery {
  readonly table: string;
  readonly columns: readonly string[];
  readonly where?: { readonly column: string; readonly is: string };
  readonly orderBy: string;
  readonly most: number;
}

/** @throws WattbanditError `invalid` if the file cannot be read, or has not these tables */
export async function withTables<T>(file: string, use: (tables: Tables) => T): Promise<T> {
  const bytes = await readDatabase(file);
  const directory = await mkdtemp(join(tmpdir(), 'wattbandit-import-'));
  try {
    const copy = join(directory, 'copy.db');
    await writeFile(copy, bytes, { mode: 0o600 });
    return useCopy(copy, use);
  } catch (error) {
    throw error instanceof WattbanditError ? error : cannotImport(file, messageOf(error), error);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** What is still in a log beside the file would be missing without a word. */
async function readDatabase(file: string): Promise<Buffer> {
  const bytes = await readBytes(file, mostBytes);
  if (bytes.subarray(0, magic.length).toString('latin1') !== magic)
    throw cannotImport(file, 'it is not a SQLite database');
  for (const beside of [`${file}-wal`, `${file}-journal`]) {
    if (existsSync(beside) && statSync(beside).size > 0)
      throw cannotImport(
        file,
        `${beside} holds changes that are not in it yet; stop what writes to it, or give a copy made by sqlite3's .backup`,
      );
  }
  for (const at of versionBytes) bytes[at] = 1;
  return bytes;
}

function useCopy<T>(copy: string, use: (tables: Tables) => T): T {
  const database = new Database(copy, { readOnly: true, fileMustExist: true });
  try {
    // Functions with side effects may not be called by what the file itself defines.
    database.exec('PRAGMA trusted_schema = OFF');
    return use({ rows: (query) => rowsOf(database, query) });
  } finally {
    database.close();
  }
}

function rowsOf(database: Database, query: TableQuery): readonly Readonly<Record<string, unknown>>[] {
  const { table, columns, where, orderBy, most } = query;
  requirePlainTable(database, query);
  const condition = where === undefined ? '' : `WHERE ${quoted(where.column)} = ?`;
  const sql = `SELECT ${columns.map(quoted).join(', ')} FROM ${quoted(table)} ${condition} ORDER BY ${quoted(orderBy)} LIMIT ${most}`;
  return database.all(sql, where === undefined ? [] : [where.is]);
}

/** A view, a virtual table or a computed column may run anything, for ever. */
function requirePlainTable(database: Database, { table, columns }: TableQuery): void {
  const found = database.get("SELECT type, rootpage FROM sqlite_schema WHERE name = ? AND type IN ('table', 'view')", [
    table,
  ]);
  if (found?.['type'] !== 'table' || !Number(found['rootpage'])) throw new Error(`it has no ordinary table ${table}`);
  const there = database.all('SELECT name, hidden FROM pragma_table_xinfo(?)', [table]);
  for (const column of columns) {
    const of = there.find(({ name }) => name === column);
    if (of === undefined) throw new Error(`its table ${table} has no column ${column}`);
    if (Number(of['hidden']) !== 0) throw new Error(`column ${column} of its table ${table} is computed`);
  }
}

const quoted = (name: string) => `"${name}"`;
