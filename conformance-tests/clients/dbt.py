# SPDX-License-Identifier: Apache-2.0
"""dbt's own Python SDK against the server over the web shop: python dbt.py http://localhost:8080. Ends with 77 where the SDK is missing."""

import base64
import json
import sys
import urllib.request

try:
    from dbtsl.api.graphql.client.sync import SyncGraphQLClient
    from dbtsl.error import QueryFailedError
    import pyarrow
except ImportError as missing:
    print(f"the SDK is not installed: {missing}")
    sys.exit(77)

server = sys.argv[1]
checks = 0


def rows(query):
    request = urllib.request.Request(f"{server}/v1/query", json.dumps(query).encode())
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)["rows"]


def same(found, expected, what):
    global checks
    checks += 1
    if found != expected:
        print(f"FAILED {what}: {str(found)[:600]} is not {str(expected)[:600]}")
        sys.exit(1)


client = SyncGraphQLClient(server_host="unused", environment_id=1, auth_token="none", url_format=f"{server}/api/graphql", lazy=False)
with client.session():
    metrics = {metric.name: metric for metric in client.metrics()}
    same("revenue" in metrics and metrics["revenue"].type.name, "SIMPLE", "the type of revenue")
    same([one.agg.name for one in metrics["revenue"].measures], ["SUM"], "its measures")
    same({one.name for one in client.dimensions(metrics=["revenue"])}, {one.name for one in metrics["revenue"].dimensions}, "its dimensions")
    same(any(one.name.endswith("customer") for one in client.entities(metrics=["revenue"])), True, "its entities")
    same({"monthly_results", "best_sellers"} <= {one.name for one in client.saved_queries()}, True, "saved queries")
    same(client.environment_info().dialect.name, "DUCKDB", "the dialect")

    table = client.query(metrics=["revenue", "orders"], group_by=["customer__country"], order_by=["customer__country"])
    expected = rows({"metrics": ["revenue", "orders"], "group_by": ["customer__country"], "order_by": ["customer__country"]})
    same(table.column_names, ["customer__country", "revenue", "orders"], "the columns")
    same([[row["customer__country"], float(row["revenue"]), row["orders"]] for row in table.to_pylist()],
         [[row[0], float(row[1]), row[2]] for row in expected], "rows by country")

    table = client.query(metrics=["orders"], group_by=["metric_time__month"], order_by=["-metric_time__month"], limit=3,
                         where=["{{ Dimension('customer__country') }} = 'DE'"])
    expected = rows({"metrics": ["orders"], "group_by": ["metric_time__month"], "order_by": ["-metric_time__month"], "limit": 3,
                     "where": ["customer__country = 'DE'"]})
    same([[row["metric_time__month"].isoformat()[:10], row["orders"]] for row in table.to_pylist()],
         [[row[0][:10], row[1]] for row in expected], "rows by month")

    table = client.query(saved_query="best_sellers")
    same(table.num_rows, 10, "rows of a saved query")
    many = client.query(metrics=["orders"], group_by=["metric_time__day", "customer__country", "order__status"])
    same(many.num_rows > 1024, True, "a result of several pages")
    same(many.num_rows, len(rows({"metrics": ["orders"], "group_by": ["metric_time__day", "customer__country", "order__status"]})), "all pages")
    same("SELECT" in client.compile_sql(metrics=["revenue"], group_by=["customer__country"]).upper(), True, "compiled SQL")
    try:
        client.query(metrics=["revenu"])
        same("answered", "refused", "an unknown metric")
    except QueryFailedError as refused:
        same("is not defined" in str(refused), True, "the reason of a refusal")
print(f"{checks} of {checks} checks of dbt's SDK passed")
