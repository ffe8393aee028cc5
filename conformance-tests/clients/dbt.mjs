// SPDX-License-Identifier: Apache-2.0
// The GraphQL interface of dbt's Semantic Layer, asked with graphql-request over the web shop: node dbt.mjs http://localhost:8080
import assert from 'node:assert/strict';
import { buildClientSchema, getIntrospectionQuery, printSchema } from 'graphql';
import { GraphQLClient, gql } from 'graphql-request';
import { check, run, throws } from './checks.mjs';

const server = process.argv[2];
const client = new GraphQLClient(`${server}/api/graphql`, { errorPolicy: 'none' });
const environmentId = '12345678901234';

const rows = async (query) => {
  const response = await fetch(`${server}/v1/query`, { method: 'POST', body: JSON.stringify(query) });
  return (await response.json()).rows;
};

const create = gql`
  mutation create($environmentId: BigInt!, $metrics: [MetricInput!], $groupBy: [GroupByInput!], $where: [WhereInput!],
      $orderBy: [OrderByInput!], $limit: Int, $savedQuery: String) {
    createQuery(environmentId: $environmentId, metrics: $metrics, groupBy: $groupBy, where: $where, orderBy: $orderBy, limit: $limit,
      savedQuery: $savedQuery) { queryId }
  }`;
const poll = gql`
  query poll($environmentId: BigInt!, $queryId: String!, $pageNum: Int! = 1, $orient: PandasJsonOrient! = TABLE) {
    query(environmentId: $environmentId, queryId: $queryId, pageNum: $pageNum) {
      queryId status sql error errorType totalPages arrowResult jsonResult(orient: $orient) plain: jsonResult(orient: RECORDS, encoded: false)
    }
  }`;

const ask = async (question, options = {}) => {
  const { createQuery: { queryId } } = await client.request(create, { environmentId, ...question });
  for (;;) {
    const { query } = await client.request(poll, { environmentId, queryId, ...options });
    if (query.status === 'SUCCESSFUL' || query.status === 'FAILED') {
      return query;
    }
  }
};
const decoded = (text) => JSON.parse(Buffer.from(text, 'base64').toString('utf8'));

check('the schema can be read by other clients', async () => {
  const introspected = await client.request(getIntrospectionQuery());
  assert.match(printSchema(buildClientSchema(introspected)), /type QueryResult/);
});

check('metrics, dimensions, grains and what goes with what', async () => {
  const found = await client.request(gql`query ($environmentId: BigInt!) {
    metrics(environmentId: $environmentId) { name type label requiresMetricTime typeParams { measure { name } inputMeasures { name } } }
    dimensions(environmentId: $environmentId, metrics: [{ name: "revenue" }, { name: "orders" }]) { name type queryableGranularities }
    queryableGranularities(environmentId: $environmentId, metrics: [{ name: "revenue" }])
    metricsForDimensions(environmentId: $environmentId, dimensions: [{ name: "metric_time" }, { name: "customer__country" }]) { name }
    savedQueries(environmentId: $environmentId) { name queryParams { metrics { name } groupBy { name grain } where { whereSqlTemplate } } }
  }`, { environmentId });
  assert.equal(found.metrics.find((one) => one.name === 'revenue').typeParams.measure.name, 'revenue');
  assert.ok(found.dimensions.some((one) => one.name === 'metric_time' && one.type === 'TIME'));
  assert.ok(found.dimensions.some((one) => one.name.endsWith('customer__country') && one.type === 'CATEGORICAL'));
  assert.ok(found.queryableGranularities.includes('MONTH'));
  assert.ok(found.metricsForDimensions.some((one) => one.name === 'revenue'));
  const monthly = found.savedQueries.find((one) => one.name === 'monthly_results');
  assert.deepEqual(monthly.queryParams.groupBy, [{ name: 'metric_time', grain: 'MONTH' }]);
  assert.match(found.savedQueries.find((one) => one.name === 'best_sellers').queryParams.where.whereSqlTemplate, /2025-01-01/);
});

check('a query is created and polled', async () => {
  const result = await ask({ metrics: [{ name: 'revenue' }], groupBy: [{ name: 'metric_time', grain: 'QUARTER' }, { name: 'order__status' }],
    where: [{ sql: "{{ Dimension('customer__country') }} = 'DE'" }, { sql: "{{ TimeDimension('metric_time', 'DAY') }} >= '2025-01-01'" }],
    orderBy: [{ groupBy: { name: 'metric_time', grain: 'QUARTER' } }, { metric: { name: 'revenue' }, descending: true }] });
  const expected = await rows({ metrics: ['revenue'], group_by: ['metric_time__quarter', 'order__status'],
    where: ["customer__country = 'DE'", "metric_time >= '2025-01-01'"], order_by: ['metric_time__quarter', '-revenue'] });
  assert.equal(result.status, 'SUCCESSFUL', result.error);
  assert.match(result.sql, /select/i);
  const table = decoded(result.jsonResult);
  assert.deepEqual(table.schema.fields.map((field) => [field.name, field.type]),
    [['index', 'integer'], ['metric_time__quarter', 'datetime'], ['order__status', 'string'], ['revenue', 'number']]);
  assert.deepEqual(table.data.map((row) => [row.metric_time__quarter, row.order__status, row.revenue]), expected);
  assert.equal(JSON.parse(result.plain).length, expected.length);
  assert.equal(Buffer.from(result.arrowResult, 'base64').readInt32LE(0), -1);
});

check('date parts and aliases', async () => {
  const result = await ask({ metrics: [{ name: 'orders', alias: 'n' }], groupBy: [{ name: 'metric_time', datePart: 'DOW' }],
    orderBy: [{ metric: { name: 'orders', alias: 'n' }, descending: true }] });
  const expected = await rows({ metrics: [{ name: 'orders', alias: 'n' }], group_by: ['metric_time__extract_dow'], order_by: ['-n'] });
  assert.deepEqual(JSON.parse(result.plain).map((row) => [row.metric_time__extract_dow, row.n]), expected);
});

check('pages of 1024 rows', async () => {
  const question = { metrics: [{ name: 'orders' }], groupBy: [{ name: 'metric_time', grain: 'DAY' }, { name: 'customer__country' }] };
  const first = await ask(question, { orient: 'SPLIT' });
  const expected = await rows({ metrics: ['orders'], group_by: ['metric_time__day', 'customer__country'] });
  assert.equal(first.totalPages, Math.ceil(expected.length / 1024));
  assert.equal(decoded(first.jsonResult).data.length, 1024);
  const last = await client.request(poll, { environmentId, queryId: first.queryId, pageNum: first.totalPages, orient: 'VALUES' });
  assert.equal(decoded(last.query.jsonResult).length, expected.length - 1024 * (first.totalPages - 1));
  await throws(() => client.request(poll, { environmentId, queryId: first.queryId, pageNum: 1000 }),
    (problem) => assert.match(problem.message, /There is no page 1000/));
});

check('all orientations hold the same values', async () => {
  const question = { savedQuery: 'best_sellers' };
  const shapes = {};
  for (const orient of ['TABLE', 'RECORDS', 'SPLIT', 'COLUMNS', 'INDEX', 'VALUES']) {
    shapes[orient] = decoded((await ask(question, { orient })).jsonResult);
  }
  const names = shapes.SPLIT.columns;
  assert.equal(shapes.VALUES.length, 10);
  assert.deepEqual(shapes.SPLIT.data, shapes.VALUES);
  assert.deepEqual(shapes.RECORDS.map((row) => names.map((name) => row[name])), shapes.VALUES);
  assert.deepEqual(shapes.TABLE.data.map((row) => names.map((name) => row[name])), shapes.VALUES);
  assert.deepEqual(shapes.VALUES.map((_, i) => names.map((name) => shapes.INDEX[i][name])), shapes.VALUES);
  assert.deepEqual(shapes.VALUES.map((_, i) => names.map((name) => shapes.COLUMNS[name][i])), shapes.VALUES);
});

check('values of a dimension', async () => {
  const { createDimensionValuesQuery: { queryId } } = await client.request(gql`mutation ($environmentId: BigInt!) {
    createDimensionValuesQuery(environmentId: $environmentId, metrics: [{ name: "revenue" }], groupBy: [{ name: "customer__country" }]) { queryId }
  }`, { environmentId });
  let query;
  do {
    ({ query } = await client.request(poll, { environmentId, queryId, orient: 'VALUES' }));
  } while (query.status === 'RUNNING');
  assert.ok(decoded(query.jsonResult).some(([country]) => country === 'DE'));
});

check('SQL is compiled without running', async () => {
  const { compileSql } = await client.request(gql`mutation ($environmentId: BigInt!) {
    compileSql(environmentId: $environmentId, metrics: [{ name: "revenue" }], groupBy: [{ name: "customer__country" }]) { sql queryId }
  }`, { environmentId });
  assert.match(compileSql.sql, /select[\s\S]*group by/i);
});

check('a synchronous query', async () => {
  const { createSynchronousQuery } = await client.request(gql`mutation ($environmentId: BigInt!) {
    createSynchronousQuery(environmentId: $environmentId, metrics: [{ name: "orders" }]) { status jsonResult(orient: VALUES, encoded: false) }
  }`, { environmentId });
  assert.equal(createSynchronousQuery.status, 'SUCCESSFUL');
  assert.deepEqual(JSON.parse(createSynchronousQuery.jsonResult), await rows({ metrics: ['orders'] }));
});

check('what fails says why', async () => {
  const failed = await ask({ metrics: [{ name: 'revenu' }] });
  assert.equal(failed.status, 'FAILED');
  assert.equal(failed.errorType, 'UNKNOWN_METRIC');
  assert.match(failed.error, /Did you mean/);
  assert.equal(failed.arrowResult, null);
  await throws(() => client.request(poll, { environmentId, queryId: 'nothing' }), (problem) => {
    assert.equal(problem.response.errors[0].extensions.code, 'UNKNOWN_QUERY');
  });
  await throws(() => client.request(gql`{ dimensions(environmentId: 1, metrics: [{ name: "revenu" }]) { name } }`),
    (problem) => assert.equal(problem.response.errors[0].extensions.code, 'UNKNOWN_METRIC'));
});

await run();
