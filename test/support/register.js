/** Lets a child process of a test run our TypeScript: `node --require <this> file.ts`. */
const { transformFileSync } = require('@swc/core');

require.extensions['.ts'] = (module, file) => {
  const parser = { syntax: 'typescript' };
  const { code } = transformFileSync(file, { jsc: { target: 'es2023', parser }, module: { type: 'commonjs' } });
  // oxlint-disable-next-line no-underscore-dangle -- Node's only way to hand over the code
  module._compile(code, file);
};
