"""datapackage.json: what the sealed tables mean, so that DuckDB, PostgreSQL or Spark read them.

Frictionless Data Package 1.0; the schemas lie beside it, one file a kind of table.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping

from app.domain.school import School, SchoolYear
from app.media import SealFile
from app.services.data_tables import FOLDER, TABLES, DataField, DataTable
from app.services.file_names import ascii_name
from app.services.seal_register import REGISTERS

PACKAGE = "datapackage.json"
SCHEMAS = "luoc-do"
DIALECT = {"delimiter": ";", "lineTerminator": "\r\n", "header": True}


def table_at(path: str) -> DataTable | None:
    """The kind of table a payload path holds; None for every other file."""
    folder, _, name = path.rpartition("/")
    kinds = TABLES if folder.endswith(f"/{FOLDER}") else REGISTERS if not folder else ()
    return next((table for table in kinds if name == f"{table.name}.csv"), None)


def package_files(
    school: School | None, year: SchoolYear, tables: Mapping[str, bytes]
) -> Iterator[SealFile]:
    """The package and its schemas over the tables of a seal, given by their payload paths."""
    for table in (*TABLES, *REGISTERS):
        yield SealFile(f"{SCHEMAS}/{table.name}.json", _json(_schema(table)))
    name = "" if school is None else school.name
    package = {
        "profile": "data-package",
        "name": f"khoa-so-{ascii_name(name)}-{year.name}",
        "title": f"{name}, năm học {year.name}",
        "resources": [_resource(path, content) for path, content in tables.items()],
    }
    yield SealFile(PACKAGE, _json(package))


def _resource(path: str, content: bytes) -> dict[str, object]:
    table = table_at(path)
    if table is None:
        raise ValueError(f"{path} is no typed table")
    where = path.partition("/")[0] if "/" in path else ""
    return {
        "name": "-".join(part for part in (where, table.name) if part),
        "title": table.title,
        "profile": "tabular-data-resource",
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": DIALECT,
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": f"{SCHEMAS}/{table.name}.json",
    }


def _schema(table: DataTable) -> dict[str, object]:
    return {
        "fields": [_field(one) for one in table.fields],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }


def _field(one: DataField) -> dict[str, object]:
    decimal = {"decimalChar": ","} if one.type == "number" else {}
    return {"name": one.name, "type": one.type, "title": one.title, **decimal}


def _json(content: Mapping[str, object]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
