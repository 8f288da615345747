"""dlt: its REST source, page by page, merged into SQLite by the key."""

import importlib.metadata
import os
import sys


def take(address, folder):
    os.environ |= {"HOME": folder, "RUNTIME__DLTHUB_TELEMETRY": "false", "RUNTIME__LOG_LEVEL": "ERROR"}
    import dlt
    from dlt.sources.rest_api import rest_api_source

    base, path = address.rsplit("/", 1)
    # It stops at the first page without records.
    paginator = {"type": "page_number", "base_page": 1, "page_param": "pageNo", "total_path": None}
    entity = {
        "name": "entity",
        "primary_key": "TYSHXYDM",
        "write_disposition": "merge",
        "endpoint": {"path": path, "data_selector": "data.rows"},
    }
    # Without primary keys in the database, a merge looks through all rows for each row: 20,000 take a minute.
    destination = dlt.destinations.sqlalchemy(f"sqlite:///{folder}/register.sqlite", create_primary_keys=True)
    pipeline = dlt.pipeline(
        pipeline_name="register",
        pipelines_dir=f"{folder}/pipelines",
        destination=destination,
        dataset_name="main",
    )
    source = rest_api_source({"client": {"base_url": base, "paginator": paginator}, "resources": [entity]})
    pipeline.run(source).raise_on_failed_jobs()


match sys.argv[1:]:
    case ["version"]:
        print("dlt", importlib.metadata.version("dlt"))
    case ["load" | "resync", address, folder]:
        take(address, folder)
