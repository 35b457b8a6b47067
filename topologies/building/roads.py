"""Travel times by road, without a road map.

A way is the shortest line on the ellipsoid, lengthened by a usual detour, driven slowly in streets first and faster
beyond. Times are rounded to a tenth of a minute, so that all machines agree.
"""

from topologies.building.assumptions import Assumptions


def journey_min(distance_km: float, assumed: Assumptions) -> float:
    """Minutes by road for a distance in a straight line."""
    road_km = distance_km * assumed.detour.value
    slow_km = min(road_km, assumed.slow_road_km.value)
    driving_h = slow_km / assumed.slow_speed_km_h.value + (road_km - slow_km) / assumed.fast_speed_km_h.value
    return round(max(assumed.shortest_transfer_min.value, 60 * driving_h), 1)


def straight_km(minutes: float, assumed: Assumptions) -> float:
    """The longest distance in a straight line that takes no more than these minutes by road."""
    slow_min = min(minutes, 60 * assumed.slow_road_km.value / assumed.slow_speed_km_h.value)
    slow_km = slow_min / 60 * assumed.slow_speed_km_h.value
    return (slow_km + (minutes - slow_min) / 60 * assumed.fast_speed_km_h.value) / assumed.detour.value
