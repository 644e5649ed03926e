/** Unit tests beside the code; conformance and end-to-end suites in tests/. */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['**/*.test.ts'],
  testSequencer: '<rootDir>/scripts/longest-first.cjs',
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/data/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  transform: { '^.+\\.ts$': ['ts-jest', { diagnostics: false }] },
  // Dynamic imports name the file as the built program knows it.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  // Far above what any test needs: on a machine with other work a browser can take a minute.
  testTimeout: 120_000,
};
