"""GeoJSON: the features of a region, as RFC 7946 writes them, one on each line."""

import json

from topologies.exporting.features import Feature, bounding_box, features_of
from topologies.exporting.marking import Marking
from topologies.region import Region


def geojson_of(region: Region, marking: Marking) -> bytes:
    """A collection of features, with its name and marking beside them."""
    features = [*features_of(region)]
    head = {"name": region.name, "title": region.title, "tlp": marking, "bbox": bounding_box(features)}
    opening = json.dumps({"type": "FeatureCollection", **head}, ensure_ascii=False)[:-1]
    lines = ",\n".join(json.dumps(_feature(each), ensure_ascii=False) for each in features)
    return f'{opening}, "features": [\n{lines}\n]}}\n'.encode()


def _feature(feature: Feature) -> dict[str, object]:
    line, *_ = lines = feature.lines
    coordinates = {"Point": line[0], "LineString": line, "MultiLineString": lines}[feature.kind]
    return {
        "type": "Feature",
        "id": feature.id,
        "geometry": {"type": feature.kind, "coordinates": coordinates},
        "properties": feature.properties,
    }
