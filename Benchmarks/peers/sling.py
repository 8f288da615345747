"""sling: a file of JSON lines into SQLite by the key, through the sqlite3 program, which it loads quickest with."""

import importlib.metadata
import os
import shutil
import sys

import sling_linux_amd64


def take(file, folder):
    folder = os.path.abspath(folder)
    environment = {
        "HOME": folder,
        "SLING_HOME_DIR": folder,
        "SLING_DISABLE_TELEMETRY": "true",
        "SLING_LOGGING": "NO_COLOR",
        "REGISTER": f"sqlite://{folder}/register.sqlite",
    }
    if bulk := shutil.which("sqlite3"):
        environment["SQLITE_PATH"] = bulk
    program = sling_linux_amd64.SLING_BIN
    source = ["--src-stream", f"file://{os.path.abspath(file)}", "--src-options", "{flatten: true}"]
    target = ["--tgt-conn", "REGISTER", "--tgt-object", "main.entity"]
    mode = ["--mode", "incremental", "--primary-key", "TYSHXYDM"]
    os.execve(program, [program, "run", *source, *target, *mode], os.environ | environment)


match sys.argv[1:]:
    case ["version"]:
        print("sling", importlib.metadata.version("sling-linux-amd64"))
    case ["load" | "resync", file, folder]:
        take(file, folder)
