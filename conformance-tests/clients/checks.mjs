// SPDX-License-Identifier: Apache-2.0
// Runs named checks one after the other, prints a line for each, and fails the process if one fails.
import assert from 'node:assert/strict';

const checks = [];

export const check = (name, body) => checks.push({ name, body });

export const run = async () => {
  let failed = 0;
  for (const { name, body } of checks) {
    try {
      await body();
      console.log(`ok ${name}`);
    } catch (problem) {
      failed++;
      console.log(`FAILED ${name}: ${String(problem.stack ?? problem).slice(0, 1500)}`);
    }
  }
  console.log(`${checks.length - failed} of ${checks.length} checks passed`);
  process.exitCode = failed === 0 ? 0 : 1;
};

export const throws = async (body, test) => {
  let thrown;
  try {
    await body();
  } catch (problem) {
    thrown = problem;
  }
  assert.ok(thrown, 'an error was expected');
  test(thrown);
};
