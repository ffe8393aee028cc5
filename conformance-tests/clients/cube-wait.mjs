// SPDX-License-Identifier: Apache-2.0
// Cube's client against a query that takes its time: node cube-wait.mjs http://localhost:8080
import assert from 'node:assert/strict';
import cube from '@cubejs-client/core';
import { check, run } from './checks.mjs';

const options = { apiUrl: `${process.argv[2]}/cubejs-api/v1`, pollInterval: 0.01 };
const api = cube.default ? cube.default('', options) : cube('', options);

check('the client is told to wait, asks again, and gets the answer', async () => {
  const stages = [];
  const result = await api.load({ measures: ['orders.orders'] }, { progressCallback: (progress) => stages.push(progress.stage()) });
  assert.ok(stages.length >= 2, `told to wait ${stages.length} times`);
  assert.equal(stages[0], 'Executing query');
  assert.ok(Number(result.rawData()[0]['orders.orders']) > 0);
});

await run();
