"""Singer: tap-rest-api-msdk, piped into target-sqlite, which runs in this process."""

import collections
import collections.abc
import importlib.metadata
import io
import json
import pathlib
import subprocess
import sys

TAP = pathlib.Path(sys.prefix).parent / "singer-tap/bin/tap-rest-api-msdk"


def configure(address, folder):
    base, path = address.rsplit("/", 1)
    stream = {"name": "entity", "path": f"/{path}", "records_path": "$.data.rows[*]", "primary_keys": ["TYSHXYDM"]}
    tap = {
        "api_url": base,
        "streams": [stream],
        "pagination_request_style": "page_number_paginator",
        "pagination_response_style": "page",
        "pagination_next_page_param": "pageNo",
        "next_page_token_path": "$.data.rows[0]",  # another page is asked for where this one has a record
    }
    (folder / "tap.json").write_text(json.dumps(tap))
    (folder / "target.json").write_text(json.dumps({"database": f"{folder}/register", "batch_size": 1000}))


def take(address, folder):
    configure(address, folder)
    # The target was written for a Python that had these names in one module.
    collections.MutableMapping = collections.abc.MutableMapping
    import target_sqlite

    tap = subprocess.Popen([TAP, "--config", folder / "tap.json"], stdout=subprocess.PIPE)
    sys.stdin = io.TextIOWrapper(tap.stdout)
    sys.argv[1:] = ["--config", str(folder / "target.json")]
    target_sqlite.main()
    if tap.wait() != 0:
        sys.exit(f"the tap ended with {tap.returncode}")
    link = folder / "register.sqlite"  # the target has its own mind about names
    link.unlink(missing_ok=True)
    link.symlink_to("register.db")


match sys.argv[1:]:
    case ["version"]:
        if not TAP.exists():
            sys.exit(f"{TAP} is not installed")
        print("tap-rest-api-msdk, target-sqlite", importlib.metadata.version("target-sqlite"))
    case ["load" | "resync", address, folder]:
        take(address, pathlib.Path(folder).absolute())
