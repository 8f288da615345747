"""roapi over a file of JSON lines, which it holds in memory by columns."""

import importlib.metadata
import os
import sys

match sys.argv[1:]:
    case ["version"]:
        print("roapi", importlib.metadata.version("roapi"))
    case ["serve", file, port]:
        program = f"{sys.prefix}/bin/roapi"
        os.execv(program, [program, "--addr-http", f"127.0.0.1:{port}", "--table", f"entity={file}"])
