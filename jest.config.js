const swc = (syntax) => ['@swc/jest', { jsc: { target: 'es2023', parser: { syntax } }, module: { type: 'commonjs' } }];
/** Packages with ES modules only, which Node loads by `require` and jest does not: also what linkedom rests on. */
const esModules = [
  ...['jose', '@kubernetes/client-node', 'openid-client', 'oauth4webapi'],
  ...['css-select', 'css-what', 'domutils', 'dom-serializer', 'domhandler', 'domelementtype', 'entities', 'nth-check'],
  ...['boolbase', 'cssomnom'],
].join('|');
const shared = {
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': swc('typescript'), [`/node_modules/(${esModules})/.+\\.js$`]: swc('ecmascript') },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules})/)`],
  moduleNameMapper: {
    // Node's `import()` wants an extension.
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // ES modules only, too; these are their own builds for `require`.
    '^@observablehq/plot$': '<rootDir>/node_modules/@observablehq/plot/dist/plot.umd.min.js',
    '^d3(@.+)?$': '<rootDir>/node_modules/d3/dist/d3.min.js',
  },
  roots: ['<rootDir>/test'],
};
/** Suites that talk to a Temporal server; only they pay for starting one. */
const serverSuites = ['workflows', 'activities', 'worker', 'gateway'];
const withServer = {
  ...shared,
  globalSetup: '<rootDir>/test/support/globalSetup.ts',
  globalTeardown: '<rootDir>/test/support/globalTeardown.ts',
};
/** `npm run test:pipelines` obtains what the suites of this project need; `npm test` leaves them out. */
const isSecondStage = process.argv.includes('pipelines');

/** @type {import('jest').Config} */
module.exports = {
  testTimeout: 90_000,
  // Suites wait more than they compute, and share one server.
  maxWorkers: 2,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: [...serverSuites, 'pipelines'].map((folder) => `<rootDir>/test/${folder}/`),
    },
    {
      ...withServer,
      displayName: 'server',
      testMatch: serverSuites.map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`),
    },
    ...(isSecondStage
      ? [{ ...withServer, displayName: 'pipelines', testMatch: ['<rootDir>/test/pipelines/**/*.test.ts'] }]
      : []),
  ],
};
