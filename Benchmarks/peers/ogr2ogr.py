"""ogr2ogr: a file of features into a GeoPackage, or of records without a place into SQLite; a re-sync writes all anew."""

import os
import shutil
import subprocess
import sys

if not shutil.which("ogr2ogr"):
    sys.exit("ogr2ogr is not installed: sudo apt-get install gdal-bin")

match sys.argv[1:]:
    case ["version"]:
        print(subprocess.run(["ogr2ogr", "--version"], capture_output=True, text=True).stdout.split(",")[0])
    case ["load" | "resync", file, folder]:
        form = "SQLite" if file.endswith(".geojsonl") else "GPKG"
        arguments = ["-f", form, "-overwrite", "-nln", "entity", f"{folder}/register.{form.lower()}", file]
        os.execvp("ogr2ogr", ["ogr2ogr", *arguments])
