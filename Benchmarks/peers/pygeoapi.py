"""pygeoapi over the GeoPackage that ogr2ogr wrote, in two processes of gunicorn, as its manual has it."""

import importlib.metadata
import json
import os
import pathlib
import subprocess
import sys


def settings(database, port):
    address = f"http://127.0.0.1:{port}"
    someone = {"name": "Office", "url": address, "email": "office@example.org"}
    identification = {"title": "Places", "description": "Places", "keywords": ["place"], "keywords_type": "theme"}
    identification |= {"terms_of_service": "none", "url": address}
    extents = {"spatial": {"bbox": [-180, -90, 180, 90], "crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}}
    provider = {"type": "feature", "name": "SQLiteGPKG", "data": database, "id_field": "fid", "table": "entity"}
    about = {"title": "Places", "description": "Places", "keywords": ["place"], "extents": extents}
    return {
        "server": {
            "bind": {"host": "127.0.0.1", "port": int(port)},
            "url": address,
            "mimetype": "application/json; charset=UTF-8",
            "encoding": "utf-8",
            "languages": ["en-US"],
            "limits": {"default_items": 100, "max_items": 1000},
            "map": {"url": f"{address}/{{z}}/{{x}}/{{y}}.png", "attribution": "none"},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": identification,
            "license": {"name": "CC0", "url": address},
            "provider": someone,
            "contact": someone,
        },
        "resources": {"entity": {"type": "collection", **about, "providers": [provider]}},
    }


def serve(database, port):
    folder = pathlib.Path(database).parent
    (folder / "pygeoapi.yml").write_text(json.dumps(settings(database, port)))  # JSON is YAML
    files = {"PYGEOAPI_CONFIG": f"{folder}/pygeoapi.yml", "PYGEOAPI_OPENAPI": f"{folder}/openapi.yml"}
    os.environ |= files | {"PYTHONWARNINGS": "ignore", "SPATIALITE_LIBRARY_PATH": "mod_spatialite.so"}
    programs = f"{sys.prefix}/bin"
    generate = [f"{programs}/pygeoapi", "openapi", "generate", files["PYGEOAPI_CONFIG"]]
    subprocess.run([*generate, "--output-file", files["PYGEOAPI_OPENAPI"]], check=True, stdout=sys.stderr)
    server = ["--workers", "2", "--bind", f"127.0.0.1:{port}", "--log-level", "error", "pygeoapi.flask_app:APP"]
    os.execv(f"{programs}/gunicorn", [f"{programs}/gunicorn", *server])


match sys.argv[1:]:
    case ["version"]:
        print("pygeoapi", importlib.metadata.version("pygeoapi"))
    case ["serve", database, port]:
        serve(database, port)
