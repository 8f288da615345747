"""Datasette over what python-script.py wrote."""

import importlib.metadata
import os
import sys

match sys.argv[1:]:
    case ["version"]:
        print("Datasette", importlib.metadata.version("datasette"))
    case ["serve", database, port]:
        program = f"{sys.prefix}/bin/datasette"
        # Immutable: it counts once, and opens no write-ahead log.
        os.execv(program, [program, "serve", "--immutable", database, "--host", "127.0.0.1", "--port", port])
