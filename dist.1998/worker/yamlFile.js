"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.readYamlFile = readYamlFile;
exports.parseYaml = parseYaml;
/** A YAML file to what its schema makes of it. Whatever is wrong is told at once, each with its line and column. */
const node_fs_1 = require("node:fs");
const consumers_1 = require("node:stream/consumers");
const yaml_1 = require("yaml");
const invalidFile_1 = require("./invalidFile");
const yamlRules_1 = require("./yamlRules");
/** These files are written by hand; anything larger is another file by mistake. */
const maxBytes = 1024 * 1024;
/** @throws InvalidFile if the file cannot be read or does not fit the schema */
async function readYamlFile(file, schema) {
    return parseYaml(await readText(file), file, schema);
}
/** `file` only names the text in messages. @throws InvalidFile */
function parseYaml(text, file, schema) {
    const source = new Source(text, file);
    const syntax = source.syntaxProblems();
    if (syntax.length > 0)
        throw new invalidFile_1.InvalidFile(syntax);
    const parsed = schema.safeParse(source.value(), { error: yamlRules_1.ruleFor, reportInput: true });
    if (parsed.success)
        return parsed.data;
    throw new invalidFile_1.InvalidFile(parsed.error.issues.flatMap((issue) => source.problemsOf(issue, schema)).toSorted(byPlace));
}
function byPlace(a, b) {
    return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
/** A parsed YAML text that knows where each value stands. */
class Source {
    text;
    file;
    lines = new yaml_1.LineCounter();
    document;
    constructor(text, file) {
        this.text = text;
        this.file = file;
        this.document = (0, yaml_1.parseDocument)(text, {
            lineCounter: this.lines,
            prettyErrors: false,
            resolveKnownTags: false,
            logLevel: 'error',
        });
    }
    value() {
        return this.document.toJS({ maxAliasCount: 0 });
    }
    /** Aliases and tags are refused: the files are plain data, and a few aliases can grow to gigabytes. */
    syntaxProblems() {
        const { errors, warnings, contents } = this.document;
        const problems = [...errors, ...warnings].slice(0, maxSyntaxProblems).map(({ code, pos, message }) => {
            if (code === 'DUPLICATE_KEY')
                return this.problem(pos[0], '', `${this.word(pos[0])} a second time`, 'must be given once');
            if (code === 'TAG_RESOLVE_FAILED')
                return this.problem(pos[0], '', this.text.slice(...pos), 'must be plain YAML without tags');
            if (code === 'RESOURCE_EXHAUSTION')
                return this.problem(pos[0], '', 'values nested too deeply', 'must be plain data');
            return this.problem(pos[0], '', excerpt(withoutKeys(this.text.slice(pos[0], pos[0] + 40))), `must be valid YAML: ${message}`);
        });
        if (problems.length > 0)
            return problems;
        if (contents === null)
            return [this.problem(0, '', 'an empty file', 'must be a map of keys and values')];
        (0, yaml_1.visit)(this.document, {
            Alias: (_key, alias) => void problems.push(this.problem(startOf(alias), '', `*${alias.source}`, 'must be written out: aliases are not allowed')),
        });
        return problems.slice(0, maxSyntaxProblems);
    }
    problemsOf(issue, schema) {
        if (issue.code !== 'unrecognized_keys') {
            const { node, at } = this.find(issue.path);
            const got = node === undefined ? 'nothing' : isSecret(issue.path) ? 'something else' : this.excerptOf(node);
            return [this.problem(at, issue.path.join('.'), got, issue.message, (0, yamlRules_1.remedyFor)(issue, schema))];
        }
        return issue.keys.map((key) => {
            const path = [...issue.path, key];
            const rule = 'must be a known key';
            return this.problem(this.keyPosition(issue.path, key), path.join('.'), key, rule, (0, yamlRules_1.remedyFor)(issue, schema, key));
        });
    }
    problem(at, path, got, rule, remedy = seeSchema) {
        const { line, col } = this.lines.linePos(Math.min(at, this.text.length));
        return { file: this.file, line: Math.max(line, 1), column: Math.max(col, 1), path, got, rule, remedy };
    }
    /** The node at `path`; where it is missing, the place of the nearest map or list around it. */
    find(path) {
        for (let length = path.length; length >= 0; length--) {
            const node = this.nodeAt(path.slice(0, length));
            if (node !== undefined)
                return { node: length === path.length ? node : undefined, at: startOf(node) };
        }
        return { at: 0 };
    }
    nodeAt(path) {
        const node = path.length === 0 ? this.document.contents : this.document.getIn(path, true);
        return (0, yaml_1.isNode)(node) ? node : undefined;
    }
    keyPosition(path, key) {
        const map = this.nodeAt(path);
        if (!(0, yaml_1.isMap)(map))
            return 0;
        const pair = map.items.find((item) => (0, yaml_1.isPair)(item) && String(item.key) === key);
        return (0, yaml_1.isNode)(pair?.key) ? startOf(pair.key) : startOf(map);
    }
    excerptOf(node) {
        if ((0, yaml_1.isCollection)(node) && node.flow !== true)
            return (0, yaml_1.isMap)(node) ? 'a map' : 'a list';
        return excerpt(this.text.slice(startOf(node), node.range?.[1])) || 'nothing';
    }
    word(at) {
        return /^[^\s:]+/.exec(this.text.slice(at, at + 60))?.[0] ?? 'a key';
    }
}
/** Whoever wrote a secret where a reference to it belongs must not find it in a log, too. */
function isSecret(path) {
    return path.some((key) => /token|password|username|secret|encryption/i.test(String(key)));
}
/** Where nothing could be parsed, a long run of such letters may be a key. */
function withoutKeys(text) {
    return text.replace(/[A-Za-z0-9+/=_-]{24,}/g, '…');
}
const maxSyntaxProblems = 20;
const seeSchema = 'see `wattbandit config schema`';
function startOf(node) {
    return node.range?.[0] ?? 0;
}
function excerpt(text) {
    const line = text.split('\n', 1)[0]?.trim() ?? '';
    return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}
async function readText(file) {
    const bytes = await readBytes(file);
    if (bytes.length > maxBytes)
        throw unreadable(file, 'more than 1 MiB', 'must be a file of at most 1 MiB');
    try {
        const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
        if (!text.includes('\0'))
            return text;
    }
    catch {
        // Not text: told below, as a NUL byte is.
    }
    throw unreadable(file, 'binary data', 'must be YAML in UTF-8');
}
/** Reads one byte more than allowed at most, so that even a device that never ends is refused. */
async function readBytes(file) {
    try {
        return await (0, consumers_1.buffer)((0, node_fs_1.createReadStream)(file, { end: maxBytes }));
    }
    catch (error) {
        throw unreadable(file, foundInstead(error), 'must be a file that can be read', error);
    }
}
function foundInstead(error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR')
        return 'no such file';
    if (code === 'EISDIR')
        return 'a directory';
    if (code === 'EACCES' || code === 'EPERM')
        return 'no permission to read it';
    return error instanceof Error ? error.message : String(error);
}
function unreadable(file, got, rule, cause) {
    const remedy = 'check the path';
    return new invalidFile_1.InvalidFile([{ file, line: null, column: null, path: '', got, rule, remedy }], { cause });
}
//# sourceMappingURL=yamlFile.js.map