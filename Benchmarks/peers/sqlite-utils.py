"""sqlite-utils by its library: pages of JSON into `upsert_all`, which finds the columns by itself."""

import importlib.metadata
import json
import sys
import urllib.request

import sqlite_utils


def rows(address):
    number, seen, total = 1, 0, 1
    while seen < total:
        with urllib.request.urlopen(f"{address}?pageNo={number}") as answer:
            data = json.load(answer)["data"]
        yield from data["rows"]
        number, seen, total = number + 1, seen + len(data["rows"]), data["total"]


match sys.argv[1:]:
    case ["version"]:
        print("sqlite-utils", importlib.metadata.version("sqlite-utils"))
    case ["load" | "resync", address, folder]:
        database = sqlite_utils.Database(f"{folder}/register.sqlite")
        database.enable_wal()
        database["entity"].upsert_all(rows(address), pk="TYSHXYDM", batch_size=1000)
