"""GeoParquet 1.1: the features of a region as one table, a column for each property, geometries in WKB.

Coordinates are longitude and latitude of WGS 84 (OGC:CRS84), which is what the format supposes where nothing is said.
"""

import io
import json
from struct import pack
from typing import Any

import pyarrow
import pyarrow.parquet

from topologies.exporting.features import Feature, Position, bounding_box, features_of
from topologies.exporting.marking import Marking
from topologies.region import Region

LITTLE_ENDIAN = 1
POINT, LINE, LINES = 1, 2, 5
"""What WKB calls a point, a line and several lines."""


def geoparquet_of(region: Region, marking: Marking) -> bytes:
    """The table, with the marking among its metadata."""
    features = [*features_of(region)]
    columns: dict[str, Any] = {"id": pyarrow.array([each.id for each in features])}
    for name in dict.fromkeys(name for each in features for name in each.properties):
        columns[name] = _column([each.properties.get(name) for each in features])
    columns["geometry"] = pyarrow.array([_wkb(each) for each in features], pyarrow.binary())
    about = {
        "version": "1.1.0",
        "primary_column": "geometry",
        "columns": {
            "geometry": {
                "encoding": "WKB",
                "geometry_types": sorted({each.kind for each in features}),
                "bbox": bounding_box(features),
            }
        },
    }
    said = {"geo": json.dumps(about), "name": region.name, "title": region.title, "tlp": str(marking)}
    written = io.BytesIO()
    table = pyarrow.table(columns).replace_schema_metadata(said)
    pyarrow.parquet.write_table(table, written, compression="zstd")
    return written.getvalue()


def _column(values: list[object]) -> Any:
    """The values in the type that they have; text where there is none."""
    column = pyarrow.array(values)
    return column.cast(pyarrow.string()) if pyarrow.types.is_null(column.type) else column


def _wkb(feature: Feature) -> bytes:
    if feature.kind == "Point":
        return pack("<BI2d", LITTLE_ENDIAN, POINT, *feature.lines[0][0])
    lines = [_line(line) for line in feature.lines]
    return lines[0] if len(lines) == 1 else pack("<BII", LITTLE_ENDIAN, LINES, len(lines)) + b"".join(lines)


def _line(positions: tuple[Position, ...]) -> bytes:
    numbers = [number for position in positions for number in position]
    return pack(f"<BII{len(numbers)}d", LITTLE_ENDIAN, LINE, len(positions), *numbers)
