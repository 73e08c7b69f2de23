/** Claims that a script checks one after the other: each is told as it is checked, and `conclude` ends with `N passed, N failed`. */
const results = { passed: 0, failed: 0 };

export async function check(claim, work) {
  try {
    await work();
    results.passed += 1;
    console.log(`✓ ${claim}`);
  } catch (error) {
    results.failed += 1;
    console.log(`✗ ${claim}\n  ${error.message}${error.cause === undefined ? '' : `\n  ${error.cause.message}`}`);
  }
}

/** `error`: what kept the rest from being checked at all. */
export function giveUp(error) {
  results.failed += 1;
  console.error(error);
}

export function conclude() {
  process.exitCode = results.failed === 0 ? 0 : 1;
  console.log(`${results.passed} passed, ${results.failed} failed`);
}
