/** Lets a child process of a test run our TypeScript: `node --require <this> file.ts`. */
const { existsSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { transformFileSync } = require('@swc/core');

require.extensions['.ts'] = (module, file) => {
  const parser = { syntax: 'typescript' };
  const { code } = transformFileSync(file, { jsc: { target: 'es2023', parser }, module: { type: 'commonjs' } });
  // oxlint-disable-next-line no-underscore-dangle -- Node's only way to hand over the code
  module._compile(code, file);
};

// `import('./file.js')` means file.ts, before it is compiled.
// oxlint-disable-next-line no-underscore-dangle -- Node's only way to say so
const resolve = Module._resolveFilename;
// oxlint-disable-next-line no-underscore-dangle -- the same
Module._resolveFilename = (request, parent, ...rest) => {
  const isOurs = /^\.{1,2}\/.*\.js$/.test(request) && parent?.filename?.endsWith('.ts');
  const source = isOurs ? path.join(path.dirname(parent.filename), request.replace(/\.js$/, '.ts')) : '';
  return isOurs && existsSync(source) ? source : resolve(request, parent, ...rest);
};
