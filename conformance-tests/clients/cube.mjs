// SPDX-License-Identifier: Apache-2.0
// Cube's own JavaScript client against the server over the web shop: node cube.mjs http://localhost:8080
import assert from 'node:assert/strict';
import cube from '@cubejs-client/core';
import { check, run, throws } from './checks.mjs';

const server = process.argv[2];
const api = cube.default ? cube.default('', { apiUrl: `${server}/cubejs-api/v1` }) : cube('', { apiUrl: `${server}/cubejs-api/v1` });

/** The rows of the same question asked over /v1/query. */
const rows = async (query) => {
  const response = await fetch(`${server}/v1/query?numbers=string`, { method: 'POST', body: JSON.stringify(query) });
  const answer = await response.json();
  assert.ok(answer.rows, JSON.stringify(answer));
  return answer.rows;
};
const texts = (list) => list.map((value) => (value === null ? null : String(value)));
const YEAR = { start: '2025-01-01', end: '2025-12-31' };

check('meta lists views and datasets with their members', async () => {
  const meta = await api.meta();
  const sales = meta.cubes.find((one) => one.name === 'sales');
  assert.equal(sales.type, 'view');
  assert.ok(meta.cubes.some((one) => one.type === 'cube'));
  assert.equal(meta.resolveMember('sales.revenue', 'measures').type, 'number');
  assert.equal(meta.resolveMember('sales.metric_time', 'dimensions').type, 'time');
  assert.equal(meta.defaultTimeDimensionNameFor('sales.revenue'), 'sales.metric_time');
  assert.ok(meta.filterOperatorsForMember('sales.metric_time', 'dimensions').some((one) => one.name === 'inDateRange'));
  assert.ok(meta.filterOperatorsForMember('sales.revenue', 'measures').some((one) => one.name === 'gte'));
  assert.match(meta.resolveMember('sales.nothing', 'measures').error, /Path not found/);
  const grouped = meta.membersGroupedByCube();
  assert.equal(grouped.measures.length, meta.cubes.length);
  assert.ok(grouped.timeDimensions.find((one) => one.cubeName === 'sales').members.length > 0);
});

check('meta of views only', async () => {
  const meta = await api.meta({ onlyViews: true });
  assert.ok(meta.cubes.length > 0 && meta.cubes.every((one) => one.type === 'view'));
});

check('a measure by a dimension is the same as over /v1/query', async () => {
  const result = await api.load({ measures: ['sales.revenue', 'sales.orders'], dimensions: ['sales.customer_country'],
    order: { 'sales.customer_country': 'asc' } });
  const expected = await rows({ metrics: ['revenue', 'orders'], group_by: ['customer__country'], order_by: ['customer__country'] });
  assert.deepEqual(result.rawData().map((row) => [row['sales.customer_country'], row['sales.revenue'], row['sales.orders']]),
    expected.map(texts));
  assert.deepEqual(result.tablePivot().map((row) => row['sales.revenue']), expected.map((row) => String(row[1])));
  assert.deepEqual(result.tableColumns().map((column) => column.key), ['sales.customer_country', 'sales.revenue', 'sales.orders']);
  assert.deepEqual(result.seriesNames().map((one) => one.key), ['sales.revenue', 'sales.orders']);
});

check('months of a year', async () => {
  const result = await api.load({ measures: ['sales.revenue'],
    timeDimensions: [{ dimension: 'sales.metric_time', granularity: 'month', dateRange: ['2025-01-01', '2025-12-31'] }] });
  const expected = await rows({ metrics: ['revenue'], group_by: ['metric_time__month'], time_range: YEAR, order_by: ['metric_time__month'] });
  const chart = result.chartPivot();
  assert.equal(chart.length, 12);
  assert.deepEqual(chart.map((row) => row.x), expected.map((row) => `${row[0].slice(0, 10)}T00:00:00.000`));
  assert.deepEqual(chart.map((row) => row['sales.revenue']), expected.map((row) => Number(row[1])));
  assert.deepEqual(result.query().timeDimensions[0].dateRange, ['2025-01-01T00:00:00.000', '2025-12-31T23:59:59.999']);
  const raw = result.rawData()[0];
  assert.equal(raw['sales.metric_time'], raw['sales.metric_time.month']);
  assert.match(raw['sales.metric_time'], /^2025-01-01T00:00:00\.000$/);
});

check('a range that cuts periods counts only what is in it', async () => {
  const result = await api.load({ measures: ['sales.orders'],
    timeDimensions: [{ dimension: 'sales.metric_time', granularity: 'month', dateRange: ['2025-03-10', '2025-04-05'] }] });
  const days = await rows({ metrics: ['orders'], group_by: ['metric_time__day'], time_range: { start: '2025-03-10', end: '2025-04-05' } });
  const sum = (month) => days.filter((row) => row[0].startsWith(month)).reduce((all, row) => all + Number(row[1]), 0);
  assert.deepEqual(result.chartPivot().map((row) => row['sales.orders']), [sum('2025-03'), sum('2025-04')]);
});

check('periods without data are filled', async () => {
  const result = await api.load({ measures: ['sales.orders'],
    timeDimensions: [{ dimension: 'sales.metric_time', granularity: 'month', dateRange: ['2030-01-01', '2030-06-30'] }] });
  assert.equal(result.rawData().length, 0);
  assert.equal(result.chartPivot().length, 6);
  assert.equal(result.chartPivot({ x: ['sales.metric_time.month'], y: ['measures'], fillMissingDates: false }).length, 0);
});

check('weeks begin on Mondays as the client thinks', async () => {
  const result = await api.load({ measures: ['sales.orders'],
    timeDimensions: [{ dimension: 'sales.metric_time', granularity: 'week', dateRange: ['2025-01-06', '2025-03-30'] }] });
  const chart = result.chartPivot();
  assert.equal(chart.length, 12);
  assert.equal(chart.reduce((all, row) => all + row['sales.orders'], 0),
    Number((await rows({ metrics: ['orders'], time_range: { start: '2025-01-06', end: '2025-03-30' } }))[0][0]));
});

check('a pivot with a dimension on the other axis', async () => {
  const result = await api.load({ measures: ['sales.orders'], dimensions: ['sales.order__status'],
    timeDimensions: [{ dimension: 'sales.metric_time', granularity: 'quarter', dateRange: ['2025-01-01', '2025-12-31'] }] });
  const expected = await rows({ metrics: ['orders'], group_by: ['metric_time__quarter', 'order__status'], time_range: YEAR });
  const cells = {};
  result.pivot({ x: ['sales.metric_time.quarter'], y: ['sales.order__status', 'measures'] }).forEach(({ xValues, yValuesArray }) => {
    yValuesArray.forEach(([[status], value]) => { cells[`${xValues[0].slice(0, 10)} ${status}`] = Number(value); });
  });
  expected.forEach(([quarter, status, orders]) => assert.equal(cells[`${quarter.slice(0, 10)} ${status ?? '∅'}`] ?? cells[`${quarter.slice(0, 10)} ${status}`], Number(orders)));
  assert.equal(Object.values(cells).reduce((a, b) => a + b, 0), expected.reduce((all, row) => all + Number(row[2]), 0));
});

check('filters of every operator', async () => {
  const country = 'sales.customer_country';
  const count = async (...filters) => {
    const result = await api.load({ measures: ['sales.orders'], filters });
    return Number(result.rawData()[0]['sales.orders']);
  };
  const where = async (...conditions) => Number((await rows({ metrics: ['orders'], where: conditions }))[0][0]);
  const c = 'customer__country';
  const is = async (filter, ...conditions) => assert.equal(await count(filter), await where(...conditions), JSON.stringify(filter));
  await is({ member: country, operator: 'equals', values: ['DE'] }, `${c} = 'DE'`);
  await is({ member: country, operator: 'equals', values: ['DE', 'FR'] }, `${c} in ('DE', 'FR')`);
  await is({ member: country, operator: 'equals', values: ['DE', null] }, `${c} = 'DE' or ${c} is null`);
  await is({ member: country, operator: 'notEquals', values: ['DE', 'FR'] }, `${c} not in ('DE', 'FR') or ${c} is null`);
  await is({ member: country, operator: 'notEquals', values: [null] }, `${c} is not null`);
  await is({ member: country, operator: 'set' }, `${c} is not null`);
  await is({ member: country, operator: 'notSet' }, `${c} is null`);
  await is({ member: country, operator: 'contains', values: ['d'] }, `${c} ilike '%d%'`);
  await is({ member: country, operator: 'contains', values: ['%'] }, '1 = 2');
  await is({ member: country, operator: 'notContains', values: ['d', 'f'] }, `not (${c} ilike '%d%' or ${c} ilike '%f%') or ${c} is null`);
  await is({ member: country, operator: 'startsWith', values: ['D', 'f'] }, `${c} ilike 'd%' or ${c} ilike 'f%'`);
  await is({ member: country, operator: 'notStartsWith', values: ['d'] }, `not ${c} ilike 'd%' or ${c} is null`);
  await is({ member: country, operator: 'endsWith', values: ['e'] }, `${c} ilike '%e'`);
  await is({ member: country, operator: 'notEndsWith', values: ['e'] }, `not ${c} ilike '%e' or ${c} is null`);
  const time = 'sales.metric_time';
  await is({ member: time, operator: 'inDateRange', values: ['2025-02-01', '2025-02-28'] }, "metric_time >= '2025-02-01'", "metric_time < '2025-03-01'");
  await is({ member: time, operator: 'notInDateRange', values: ['2025-02-01', '2025-02-28'] }, "metric_time < '2025-02-01' or metric_time >= '2025-03-01' or metric_time is null");
  await is({ member: time, operator: 'beforeDate', values: ['2025-02-01'] }, "metric_time < '2025-02-01'");
  await is({ member: time, operator: 'beforeOrOnDate', values: ['2025-02-01'] }, "metric_time < '2025-02-02'");
  await is({ member: time, operator: 'afterDate', values: ['2025-02-01'] }, "metric_time >= '2025-02-02'");
  await is({ member: time, operator: 'afterOrOnDate', values: ['2025-02-01'] }, "metric_time >= '2025-02-01'");
  await is({ member: time, operator: 'inDateRange', values: ['from 2025-02-01 to 2025-02-28'] }, "metric_time >= '2025-02-01'", "metric_time < '2025-03-01'");
  await is({ and: [{ member: country, operator: 'set' }, { or: [{ member: country, operator: 'equals', values: ['DE'] },
    { member: 'sales.order__status', operator: 'equals', values: ['paid'] }] }] }, `${c} is not null`, `${c} = 'DE' or order__status = 'paid'`);
});

check('filters of measures come after aggregation', async () => {
  for (const [operator, sign] of [['gt', '>'], ['gte', '>='], ['lt', '<'], ['lte', '<=']]) {
    const result = await api.load({ measures: ['sales.revenue'], dimensions: ['sales.customer_country'],
      filters: [{ member: 'sales.orders', operator, values: ['100'] }], order: [['sales.customer_country', 'asc']] });
    const expected = await rows({ metrics: ['revenue', 'orders'], group_by: ['customer__country'], having: [`orders ${sign} 100`],
      order_by: ['customer__country'] });
    assert.deepEqual(result.rawData().map((row) => row['sales.revenue']), expected.map((row) => String(row[1])));
    assert.ok(!('sales.orders' in (result.rawData()[0] ?? {})));
  }
});

check('order, limit, offset and total', async () => {
  const query = { measures: ['sales.revenue'], dimensions: ['sales.customer_country'], order: [['sales.revenue', 'desc']], limit: 3,
    offset: 1, total: true };
  const result = await api.load(query);
  const all = await rows({ metrics: ['revenue'], group_by: ['customer__country'], order_by: ['-revenue'] });
  assert.deepEqual(result.rawData().map((row) => row['sales.revenue']), all.slice(1, 4).map((row) => String(row[1])));
  assert.equal(result.totalRows(), all.length);
});

check('without an order the largest come first', async () => {
  const result = await api.load({ measures: ['sales.orders'], dimensions: ['sales.customer_country'] });
  const values = result.rawData().map((row) => Number(row['sales.orders']));
  assert.deepEqual(values, [...values].sort((a, b) => b - a));
});

check('two ranges are compared', async () => {
  const result = await api.load({ measures: ['sales.revenue'], timeDimensions: [{ dimension: 'sales.metric_time', granularity: 'month',
    compareDateRange: [['2024-01-01', '2024-06-30'], ['2025-01-01', '2025-06-30']] }] });
  const parts = result.decompose();
  assert.equal(parts.length, 2);
  const pivot = result.chartPivot();
  assert.equal(pivot.length, 6);
  const names = result.seriesNames().map((one) => one.key);
  assert.deepEqual(names, ['2024-01-01T00:00:00.000 - 2024-06-30T23:59:59.999,sales.revenue',
    '2025-01-01T00:00:00.000 - 2025-06-30T23:59:59.999,sales.revenue']);
  for (const [year, name] of [['2024', names[0]], ['2025', names[1]]]) {
    const expected = await rows({ metrics: ['revenue'], group_by: ['metric_time__month'], order_by: ['metric_time__month'],
      time_range: { start: `${year}-01-01`, end: `${year}-06-30` } });
    assert.deepEqual(pivot.map((row) => row[name]), expected.map((row) => Number(row[1])));
  }
});

check('several queries are blended', async () => {
  const time = { granularity: 'month', dateRange: ['2025-01-01', '2025-06-30'] };
  const result = await api.load([
    { measures: ['sales.revenue'], timeDimensions: [{ dimension: 'sales.metric_time', ...time }] },
    { measures: ['funnel.visits'], timeDimensions: [{ dimension: 'funnel.metric_time', ...time }] }]);
  const expected = await rows({ metrics: ['revenue', 'visits'], group_by: ['metric_time__month'], order_by: ['metric_time__month'],
    time_range: { start: '2025-01-01', end: '2025-06-30' } });
  const chart = result.chartPivot();
  assert.deepEqual(chart.map((row) => [row['sales.revenue'], row['funnel.visits']]), expected.map((row) => row.slice(1).map(Number)));
});

check('relative ranges are resolved', async () => {
  const ranges = ['today', 'yesterday', 'this week', 'last month', 'this quarter', 'last 7 days', 'last 2 years', 'next year',
    'from 30 days ago to now'];
  for (const dateRange of ranges) {
    const dry = await api.dryRun({ measures: ['sales.orders'], timeDimensions: [{ dimension: 'sales.metric_time', granularity: 'day', dateRange }] });
    const [start, end] = dry.normalizedQueries[0].timeDimensions[0].dateRange;
    assert.match(start, /^\d{4}-\d\d-\d\dT00:00:00\.000$/);
    assert.match(end, /^\d{4}-\d\d-\d\dT23:59:59\.999$/);
    assert.ok(start < end);
  }
  const result = await api.load({ measures: ['sales.orders'],
    timeDimensions: [{ dimension: 'sales.metric_time', granularity: 'day', dateRange: 'last 7 days' }] });
  assert.equal(result.chartPivot().length, 7);
});

check('a drill-down asks for the rows behind a number, and they add up', async () => {
  const result = await api.load({ measures: ['sales.orders'], dimensions: ['sales.order__status'],
    timeDimensions: [{ dimension: 'sales.metric_time', granularity: 'month', dateRange: ['2025-01-01', '2025-03-31'] }],
    filters: [{ member: 'sales.customer_country', operator: 'equals', values: ['DE'] }] });
  const config = { x: ['sales.metric_time'], y: ['sales.order__status', 'measures'] };
  const { xValues, yValuesArray } = result.pivot(config)[1];
  const [yValues, value] = yValuesArray[0];
  const drill = result.drillDown({ xValues, yValues }, config);
  assert.equal(drill.filters[0].operator, 'measureFilter');
  const { timeDimensions, ...others } = drill;
  const narrow = { ...others, timeDimensions, dimensions: ['sales.order__channel', 'sales.customer_segment'] };
  const rowsBehind = (await api.load(narrow)).rawData();
  assert.equal(rowsBehind.reduce((all, row) => all + Number(row['sales.orders']), 0), Number(value));
  assert.ok((await api.load({ ...drill, limit: 5 })).rawData().length > 0);
});

check('numbers are texts, or numbers where the client casts them', async () => {
  const query = { measures: ['sales.revenue'] };
  assert.equal(typeof (await api.load(query)).rawData()[0]['sales.revenue'], 'string');
  assert.equal(typeof (await api.load(query, { castNumerics: true })).rawData()[0]['sales.revenue'], 'number');
});

check('compact and columnar answers hold the same rows', async () => {
  const query = { measures: ['sales.orders'], dimensions: ['sales.customer_segment'], order: { 'sales.customer_segment': 'asc' } };
  const plain = (await api.load(query)).rawData();
  for (const format of ['compact', 'columnar']) {
    assert.deepEqual((await api.load(query, undefined, undefined, format)).rawData(), plain);
  }
});

check('a time zone moves days', async () => {
  const result = await api.load({ measures: ['sales.orders'], timezone: 'America/Los_Angeles',
    timeDimensions: [{ dimension: 'sales.metric_time', granularity: 'day', dateRange: ['2025-02-01', '2025-02-03'] }] });
  const expected = await rows({ metrics: ['orders'], group_by: ['metric_time__day'], time_zone: 'America/Los_Angeles',
    order_by: ['metric_time__day'], time_range: { start: '2025-02-01', end: '2025-02-03' } });
  assert.deepEqual(result.rawData().map((row) => row['sales.orders']), expected.map((row) => String(row[1])));
});

check('sql shows the statement', async () => {
  const query = await api.sql({ measures: ['sales.revenue'], dimensions: ['sales.customer_country'] });
  assert.match(query.sql(), /select[\s\S]*group by/i);
});

check('dry-run resolves without running', async () => {
  const dry = await api.dryRun({ measures: ['sales.revenue'], timeDimensions: [{ dimension: 'sales.metric_time', granularity: 'day', dateRange: 'today' }] });
  assert.equal(dry.queryType, 'regularQuery');
  assert.deepEqual(dry.pivotQuery.measures, ['sales.revenue']);
});

check('cubeSql answers semantic SQL', async () => {
  const answer = await api.cubeSql('select order__status, measure(orders) as orders from sales group by 1 order by 1');
  const expected = await rows({ metrics: ['orders'], group_by: ['order__status'], order_by: ['order__status'] });
  assert.deepEqual(answer.schema.map((column) => column.name), ['order__status', 'orders']);
  assert.deepEqual(answer.data.map((row) => row.map(String)), expected.map((row) => row.map(String)));
});

check('long queries go as POST', async () => {
  const values = Array.from({ length: 400 }, (_, i) => `value-${i}`).concat('DE');
  const result = await api.load({ measures: ['sales.orders'], filters: [{ member: 'sales.customer_country', operator: 'equals', values }] });
  const expected = await rows({ metrics: ['orders'], where: ["customer__country = 'DE'"] });
  assert.equal(result.rawData()[0]['sales.orders'], String(expected[0][0]));
});

check('mistakes come as errors with a status and a hint', async () => {
  await throws(() => api.load({ measures: ['sales.revenu'] }), (problem) => {
    assert.equal(problem.status, 400);
    assert.match(problem.message, /'sales\.revenu' is not defined.*sales\.revenue/);
    assert.equal(problem.response.code, 'UNKNOWN_COLUMN');
  });
  await throws(() => api.load({ measures: ['sales.revenue'], ungrouped: true }), (problem) => assert.equal(problem.response.code, 'UNSUPPORTED'));
  await throws(() => api.load({ measures: ['sales.revenue'], segments: ['sales.none'] }), (problem) => assert.equal(problem.status, 400));
  await throws(() => api.load({}), (problem) => assert.match(problem.message, /should contain/));
  await throws(() => api.load({ measures: ['sales.revenue'], timeDimensions: [{ dimension: 'sales.metric_time', dateRange: 'when it rains' }] }),
    (problem) => assert.match(problem.message, /Can't parse date/));
  await throws(() => api.load({ measures: ['sales.revenue'], filters: [{ or: [{ member: 'sales.revenue', operator: 'gt', values: ['1'] },
    { member: 'sales.customer_country', operator: 'set' }] }] }), (problem) => assert.match(problem.message, /same condition/));
  await throws(() => api.load({ measures: ['sales.revenue'], filters: [{ member: 'sales.revenue', operator: 'gt', values: ['many'] }] }),
    (problem) => assert.equal(problem.response.code, 'TYPE_MISMATCH'));
});

await run();
