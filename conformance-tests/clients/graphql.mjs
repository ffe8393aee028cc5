// SPDX-License-Identifier: Apache-2.0
// The GraphQL door under the audits of graphql-http, and asked with graphql-request over the web shop: node graphql.mjs http://localhost:8080
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { buildClientSchema, buildSchema, getIntrospectionQuery, introspectionFromSchema, lexicographicSortSchema, printSchema, validateSchema } from 'graphql';
import { serverAudits } from 'graphql-http';
import { GraphQLClient, gql } from 'graphql-request';
import { check, run, throws } from './checks.mjs';

const server = process.argv[2];
const url = `${server}/graphql`;
const client = new GraphQLClient(url);
const rows = async (query) => {
  const response = await fetch(`${server}/v1/query`, { method: 'POST', body: JSON.stringify(query) });
  return (await response.json()).rows;
};

for (const path of ['/graphql', '/api/graphql']) {
  const audits = serverAudits({ url: server + path, fetchFn: fetch });
  check(`all ${audits.length} audits of ${path}`, async () => {
    const failed = [];
    for (const audit of audits) {
      const result = await audit.fn();
      if (result.status !== 'ok') {
        failed.push(`${audit.id} ${audit.name}: ${result.status} ${result.reason}`);
      }
    }
    assert.deepEqual(failed, []);
    assert.ok(audits.length >= 61);
  });
}

check('the schema survives the way through another builder', async () => {
  const introspection = await client.request(getIntrospectionQuery({ descriptions: true, oneOf: true }));
  const schema = buildClientSchema(introspection);
  assert.deepEqual(validateSchema(schema), []);
  const printed = printSchema(lexicographicSortSchema(schema));
  assert.equal(printSchema(lexicographicSortSchema(buildSchema(printed))), printed);
  assert.equal(introspectionFromSchema(schema, { oneOf: true }).__schema.types.length, introspection.__schema.types.length);
});

check('typed fields give the rows of /v1/query', async () => {
  const answer = await client.request(gql`query ($country: String!) {
    sales(where: [{ customer_country: { eq: $country } }], order_by: [{ metric_time: ASC }],
      time_range: { start: "2025-01-01", end: "2025-12-31" }) { metric_time(grain: MONTH) revenue orders }
  }`, { country: 'DE' });
  const expected = await rows({ metrics: ['revenue', 'orders'], group_by: ['metric_time__month'], where: ["customer__country = 'DE'"],
    time_range: { start: '2025-01-01', end: '2025-12-31' }, order_by: ['metric_time__month'] });
  assert.deepEqual(answer.sales.map((row) => [row.metric_time, row.revenue, row.orders]), expected);
});

check('several questions of one request', async () => {
  const answer = await client.request(gql`{ first: sales { revenue } second: funnel { visits } by: sales(order_by: [{ customer_country: ASC }]) { customer_country orders } }`);
  assert.deepEqual([[answer.first[0].revenue]], await rows({ metrics: ['revenue'] }));
  assert.deepEqual([[answer.second[0].visits]], await rows({ metrics: ['visits'] }));
  assert.deepEqual(answer.by.map((row) => [row.customer_country, row.orders]),
    await rows({ metrics: ['orders'], group_by: ['customer__country'], order_by: ['customer__country'] }));
});

check('top values, totals and shares are those of /v1/query', async () => {
  const answer = await client.request(gql`{
    sales(top: { item: customer_country, n: 3, by: revenue }, totals: [ALL], share: [ALL], order_by: [{ revenue: DESC }]) {
      customer_country customer_country__is_others customer_country__is_total revenue revenue__share
    }
  }`);
  const expected = await rows({ metrics: ['revenue'], group_by: ['customer__country'], top: { item: 'customer__country', n: 3, by: 'revenue' },
    totals: ['*'], share: ['*'], order_by: ['-revenue'] });
  assert.deepEqual(answer.sales.map(Object.values), expected);
  assert.equal(expected.length, 5);
});

check('a document is sent once and then named by its hash', async () => {
  const query = '{ once: sales { revenue } }';
  const sha256Hash = createHash('sha256').update(query).digest('hex');
  const ask = async (body) => (await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...body, extensions: { persistedQuery: { version: 1, sha256Hash } } }) })).json();
  assert.equal((await ask({})).errors[0].message, 'PersistedQueryNotFound');
  const sent = await ask({ query });
  assert.deepEqual(sent.data.once.map(Object.values), await rows({ metrics: ['revenue'] }));
  assert.deepEqual(await ask({}), sent);
});

check('errors have codes and paths', async () => {
  await throws(() => client.request(gql`{ sales(order_by: [{ customer_country: ASC }]) { revenue } }`), (problem) => {
    const [error] = problem.response.errors;
    assert.equal(error.extensions.code, 'INVALID_ORDER_BY');
    assert.deepEqual(error.path, ['sales']);
  });
  await throws(() => client.request(gql`{ sales { revenu } }`), (problem) => assert.match(problem.response.errors[0].message, /Did you mean 'revenue'/));
});

await run();
