"""What one writes by hand: urllib, json, and executemany of an upsert into SQLite.

One transaction, a write-ahead log, no index but the key's, and no checks: a script cannot do less.
"""

import json
import platform
import sqlite3
import sys
import urllib.request


def pages(address):
    number, seen, total = 1, 0, 1
    while seen < total:
        with urllib.request.urlopen(f"{address}?pageNo={number}") as answer:
            data = json.load(answer)["data"]
        yield data["rows"]
        number, seen, total = number + 1, seen + len(data["rows"]), data["total"]


def upsert(names):
    key, *others = names
    changes = ", ".join(f"{name} = excluded.{name}" for name in others)
    places = ", ".join("?" * len(names))
    return f"INSERT INTO entity VALUES ({places}) ON CONFLICT ({key}) DO UPDATE SET {changes}"


def take(address, folder):
    database = sqlite3.connect(f"{folder}/register.sqlite")
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    with database:
        for number, rows in enumerate(pages(address)):
            names = list(rows[0])
            if number == 0:
                columns = " TEXT, ".join(names[1:])
                database.execute(f"CREATE TABLE IF NOT EXISTS entity ({names[0]} TEXT PRIMARY KEY, {columns} TEXT)")
            database.executemany(upsert(names), [tuple(row.values()) for row in rows])
    database.close()


match sys.argv[1:]:
    case ["version"]:
        print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}")
    case ["load" | "resync", address, folder]:
        take(address, folder)
