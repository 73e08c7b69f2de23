/**
 * Adds to package-lock.json the builds for other systems that `npm install` left out. A registry that lacks some of them makes
 * npm write a lock file which `npm ci` then refuses everywhere. Run it after a change of dependencies; harmless when complete.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const file = fileURLToPath(new URL('../package-lock.json', import.meta.url));
const lock = JSON.parse(readFileSync(file, 'utf8'));
const missing = Object.entries(lock.packages).flatMap(([, { optionalDependencies = {}, dev }]) =>
  Object.entries(optionalDependencies)
    .filter(([name]) => lock.packages[`node_modules/${name}`] === undefined)
    .map(([name, version]) => [`node_modules/${name}`, entry(name, version, dev)]),
);
const sorted = Object.entries({ ...lock.packages, ...Object.fromEntries(missing) }).toSorted(([a], [b]) =>
  a.localeCompare(b, 'en'),
);
writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
console.log(`${missing.length} added`);

/** Native packages are named for their system: `…-linux-arm64-musl`, `…-win32-x64-msvc`. */
function entry(name, version, dev) {
  const found =
    /[-/](?<os>aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)-(?<cpu>[a-z0-9]+)(?:-(?<abi>\w+))?$/.exec(
      name,
    );
  if (found === null || /[^\d.]/.test(version))
    throw new Error(`Cannot tell the system and version of ${name}@${version}`);
  const { os, cpu, abi } = found.groups;
  const libc = { gnu: ['glibc'], gnueabihf: ['glibc'], musl: ['musl'], musleabihf: ['musl'] }[abi];
  return { version, cpu: [cpu], ...(dev && { dev }), ...(libc && { libc }), optional: true, os: [os] };
}
