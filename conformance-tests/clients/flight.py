# SPDX-License-Identifier: Apache-2.0
"""pyarrow's Flight client, with Flight SQL's messages written by hand, over the web shop: python flight.py http://localhost:8080 8815.
Ends with 77 where pyarrow is missing."""

import json
import sys
import time
import urllib.request

try:
    import pyarrow
    from pyarrow import flight
except ImportError as missing:
    print(f"pyarrow is not installed: {missing}")
    sys.exit(77)

server, port = sys.argv[1:3]
client = flight.connect(f"grpc://127.0.0.1:{port}")
checks = 0


def same(found, expected, what):
    global checks
    checks += 1
    if found != expected:
        print(f"FAILED {what}: {str(found)[:600]} is not {str(expected)[:600]}")
        sys.exit(1)


def get(path):
    with urllib.request.urlopen(f"{server}{path}") as answer:
        return json.load(answer)


def rows(sql):
    request = urllib.request.Request(f"{server}/v1/sql", json.dumps({"sql": sql}).encode())
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)["rows"]


def varint(number):
    return bytes([number]) if number < 128 else bytes([number & 127 | 128]) + varint(number >> 7)


def field(number, value):
    data = value if isinstance(value, bytes) else value.encode()
    return varint(number << 3 | 2) + varint(len(data)) + data


def packed(name, message=b""):
    return field(1, f"type.googleapis.com/arrow.flight.protocol.sql.{name}") + field(2, message)


def fields(message):
    """The length-delimited fields of a message by number."""
    found, at = {}, 0
    while at < len(message):
        number, at = message[at] >> 3, at + 1
        length, shift = 0, 0
        while True:
            byte, at = message[at], at + 1
            length, shift = length | (byte & 127) << shift, shift + 7
            if byte < 128:
                break
        found[number], at = message[at:at + length], at + length
    return found


def info(command):
    return client.get_flight_info(flight.FlightDescriptor.for_command(command))


def read(command):
    told = info(command)
    tables = [client.do_get(endpoint.ticket).read_all() for endpoint in told.endpoints]
    same(tables[0].schema, told.schema, "the schema of the stream")
    return pyarrow.concat_tables(tables)


def statement(sql):
    return packed("CommandStatementQuery", field(1, sql))


BY_COUNTRY = "select home_country, count(*) as many from customers group by 1 order by 1"
table = read(statement(BY_COUNTRY))
same(table.column_names, ["home_country", "many"], "columns")
same([list(row.values()) for row in table.to_pylist()], rows(BY_COUNTRY), "rows")
same(table.num_rows > 3, True, "several rows")

result = next(client.do_action(flight.Action("CreatePreparedStatement", packed("ActionCreatePreparedStatementRequest", field(
    1, "select count(*) as many from customers where home_country = ? and customer <= ?"))))).body.to_pybytes()
prepared = fields(fields(result)[2])
same(pyarrow.ipc.read_schema(pyarrow.py_buffer(prepared[2])).names, ["many"], "columns of a prepared statement")
same(len(pyarrow.ipc.read_schema(pyarrow.py_buffer(prepared[3])).names), 2, "its parameters")
command = packed("CommandPreparedStatementQuery", field(1, prepared[1]))
for country, most in [("DE", 100), ("FR", 50)]:
    values = pyarrow.record_batch({"1": pyarrow.array([country]).dictionary_encode(), "2": pyarrow.array([most], pyarrow.int16())})
    writer, reader = client.do_put(flight.FlightDescriptor.for_command(command), values.schema)
    writer.write_batch(values)
    writer.done_writing()
    reader.read()
    writer.close()
    same(read(command).to_pylist()[0]["many"], rows(
        f"select count(*) from customers where home_country = '{country}' and customer <= {most}")[0][0], "a bound statement")
list(client.do_action(flight.Action("ClosePreparedStatement", packed("ActionClosePreparedStatementRequest", field(1, prepared[1])))))
try:
    info(command)
    same("found", "closed", "a closed statement")
except pyarrow.ArrowException as refused:
    same("no such prepared statement" in str(refused), True, "the reason of a refusal")

same(read(packed("CommandGetCatalogs")).column("catalog_name").to_pylist(), ["retail"], "catalogs")
same("public" in read(packed("CommandGetDbSchemas")).column("db_schema_name").to_pylist(), True, "schemas")
same(read(packed("CommandGetTables", field(3, "sal%"))).column("table_name").to_pylist(), ["sales"], "tables")
same(read(packed("CommandGetTableTypes")).column("table_type").to_pylist(), ["TABLE"], "table types")
same(read(packed("CommandGetSqlInfo")).num_rows > 20, True, "what the server can do")
same(read(packed("CommandGetXdbcTypeInfo")).num_rows > 5, True, "types")
same({"CreatePreparedStatement", "CancelFlightInfo"} <= {action.type for action in client.list_actions()}, True, "actions")
try:
    read(statement("select revenu from sales"))
    same("answered", "refused", "an unknown metric")
except pyarrow.ArrowException as refused:
    same([part for part in (" at 1:", "Did you mean", "revenue") if part not in str(refused)], [], f"place and nearest name in {refused}")

long = info(statement("select a.customer, b.customer as other, c.customer as third from customers as a cross join customers as b cross join customers as c"))
reader = client.do_get(long.endpoints[0].ticket)
reader.read_chunk()
reader.cancel()
latest = time.monotonic() + 60
while get("/v1/queries")["queries"] and time.monotonic() < latest:
    time.sleep(0.05)
same(get("/v1/queries")["queries"], [], "queries after a cancel")
print(f"{checks} of {checks} checks of pyarrow passed")
