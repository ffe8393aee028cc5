# SPDX-License-Identifier: Apache-2.0
"""Asks a running server for the live features of customers over Arrow Flight, and reads the newest export of the churn training set.

    ./sextant serve examples/retail &
    ./sextant run examples/retail training-set churn      # before the server, or POST /v1/runs to it
    pip install pyarrow
    python examples/src/main/python/churn.py examples/retail grpc://localhost:8815 1 2 3
"""
import json
import pathlib
import sys

try:
    import pyarrow.flight as flight
    import pyarrow.parquet as parquet
except ImportError:
    sys.exit("pyarrow is not installed: pip install pyarrow")


def live(url, customers):
    """The features of customers as they are now: a ticket is the request of POST /v1/features."""
    request = {"view": "customer_activity", "keys": [{"customer": int(customer)} for customer in customers]}
    with flight.connect(url) as client:
        return client.do_get(flight.Ticket(json.dumps(request).encode())).read_all()


def exported(project, split):
    """A split of the newest export, with its manifest."""
    exports = pathlib.Path(project, "training", "churn")
    newest = exports / (exports / "latest").read_text().strip()
    return parquet.read_table(newest / f"{split}.parquet"), json.loads((newest / "manifest.json").read_text())


def main(project, url, *customers):
    train, manifest = exported(project, "train")
    print(f"{manifest['name']} {manifest['datasetId'][:16]}: {train.num_rows} rows, {train.column_names}")
    now = live(url, customers)
    for row in now.to_pylist():
        values = {name: value for name, value in row.items() if not name.endswith("__status")}
        print(values)


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
