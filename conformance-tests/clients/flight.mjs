// SPDX-License-Identifier: Apache-2.0
// The Flight SQL client of npm (Rust inside) over the web shop: node flight.mjs http://localhost:8080 8815
import assert from 'node:assert/strict';
import { createFlightSqlClient } from '@lakehouse-rs/flight-sql-client';
import { tableFromIPC } from 'apache-arrow';
import { check, run, throws } from './checks.mjs';

const [server, port] = process.argv.slice(2);
const client = await createFlightSqlClient({ host: '127.0.0.1', port: Number(port), tls: false, headers: [] });
const asked = async (sql) => {
  const response = await fetch(`${server}/v1/sql?numbers=string`, { method: 'POST', body: JSON.stringify({ sql }) });
  return (await response.json()).rows;
};
const column = (table, name) => [...table.getChild(name)].map((value) => (value === null ? null : String(value)));

check('a query has the columns and rows of /v1/sql', async () => {
  const sql = 'select home_country, count(*) as many from customers group by 1 order by 1';
  const table = tableFromIPC(await client.query(sql));
  assert.deepEqual(table.schema.fields.map((field) => field.name), ['home_country', 'many']);
  const expected = await asked(sql);
  assert.ok(expected.length > 3);
  assert.deepEqual(column(table, 'home_country'), expected.map((row) => row[0]));
  assert.deepEqual(column(table, 'many'), expected.map((row) => String(row[1])));
});

check('an answer of many batches is whole', async () => {
  const [[many]] = await asked('select count(*) from (select metric_time, customer_id, measure(orders) as orders from sales group by 1, 2) as t');
  const table = tableFromIPC(await client.query('select metric_time, customer_id, measure(orders) as orders from sales group by 1, 2'));
  assert.equal(table.numRows, Number(many));
  assert.ok(table.numRows > 1000);
});

check('catalogs, schemas and tables are listed', async () => {
  assert.deepEqual(column(tableFromIPC(await client.getCatalogs()), 'catalog_name'), ['retail']);
  assert.ok(column(tableFromIPC(await client.getDbSchemas({})), 'db_schema_name').includes('public'));
  const tables = tableFromIPC(await client.getTables({ tableNameFilterPattern: 'sal%', includeSchema: true }));
  assert.deepEqual(column(tables, 'table_name'), ['sales']);
  assert.ok(tables.getChild('table_schema').get(0).length > 100);
});

check('a refusal is an error, and the client goes on', async () => {
  await throws(() => client.query('select measure(revenu) from sales'), (problem) => assert.ok(problem instanceof Error));
  assert.equal(tableFromIPC(await client.query('select 1 as one')).numRows, 1);
});

await run();
