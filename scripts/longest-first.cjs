const { default: Sequencer } = require('@jest/test-sequencer');

/** Suites of minutes, the longest first: begun last, one of them would run alone while the other worker has nothing left to do. */
const longest = [
  'tests/faults/mutants',
  'tests/faults/faults',
  'tests/fuzz/fuzz',
  'tests/e2e/desk-web',
  'tests/e2e/readme',
];
const rank = ({ path }) => {
  const at = longest.findIndex(name => path.endsWith(`${name}.test.ts`));
  return at < 0 ? longest.length : at;
};

/** The order of jest, after those that are known to take long. */
module.exports = class extends Sequencer {
  async sort(tests) {
    return (await super.sort(tests)).sort((a, b) => rank(a) - rank(b));
  }
};
