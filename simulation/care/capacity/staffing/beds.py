"""Beds: critical care, maternity and medicine of all sites, and the patients that fill them as they are known to be."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from simulation.care.capacity.overflow import Beds, own_patients
from simulation.care.capacity.staffing.ordinary_day import HOURS_A_YEAR, OrdinaryDay
from simulation.care.capacity.staffing.receiving import takes_from
from simulation.care.capacity.staffing.ward import Inflow
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import Stream

NO_BEDS = Beds(0, 0.0)
LEAST_FULL = 0.01
"""Beds that are always empty would be without number."""


@dataclass(frozen=True, slots=True)
class FilledBeds:
    """The beds of one stream, by site, and the patients per hour of each site's own that fill them.

    Overflow between sites is taken into account. A site without beds has patients of its own where another within
    reach has beds.
    """

    beds: Mapping[str, Beds]
    own: Mapping[str, float]

    def of(self, finess: str) -> Beds:
        """The beds of a site."""
        return self.beds.get(finess, NO_BEDS)

    def kept_share(self, finess: str, inflow: float) -> float:
        """Of the patients passed on to the stream at a site, the share for whom there are beds; others go elsewhere."""
        own = self.own.get(finess)
        if own is None:
            return 0.0
        return min(1.0, own / inflow) if inflow else 1.0

    def direct(self, finess: str, inflow: float) -> float:
        """Direct admissions per hour: patients of the site's own beyond those passed on."""
        return max(0.0, self.own.get(finess, 0.0) - inflow)


def critical_beds(day: OrdinaryDay, inflows: Mapping[str, Inflow]) -> FilledBeds:
    """Critical care of all sites."""
    p, mean_h = day.p, day.stays[Stream.CRITICAL_CARE].mean_h
    beds, bedless = {}, {}
    for finess, site in day.region.establishments.items():
        passed_on, count = inflows[finess].critical, (site.beds_icu or 0) + (site.beds_intensive or 0)
        if count:
            beds[finess] = Beds(count, count * p.beds.critical_care_occupancy.value)
        elif passed_on:
            bedless[finess] = passed_on * mean_h
    return _filled(day, Stream.CRITICAL_CARE, beds, p.beds.critical_care_bound_min.value, bedless)


def maternity_beds(day: OrdinaryDay) -> FilledBeds:
    """The maternities of all sites large enough: whole beds, and the births that fill them."""
    p, mean_h = day.p, day.stays[Stream.MATERNITY].mean_h
    beds = {}
    for finess, site in day.region.establishments.items():
        acute = site.beds_mco or 0
        load = acute * p.beds.births_per_bed_year.value / HOURS_A_YEAR * mean_h
        if load and acute >= p.beds.maternity_from_beds.value:
            count = max(1, round(load / max(p.beds.maternity_occupancy.value, LEAST_FULL)))
            beds[finess] = Beds(count, count * p.beds.maternity_occupancy.value)
    return _filled(day, Stream.MATERNITY, beds, p.beds.maternity_bound_min.value, {})


def medicine_beds(day: OrdinaryDay, maternities: FilledBeds) -> FilledBeds:
    """The other acute beds of all sites, for which patients can wait some hours where they are."""
    p, mean_h = day.p, day.stays[Stream.MEDICINE].mean_h
    patience = p.emergency.boarding_before_transfer_h.value / mean_h
    beds = {}
    for finess, site in day.region.establishments.items():
        acute = (site.beds_mco or 0) + (site.beds_uhcd or 0)
        count = max(0, acute - maternities.of(finess).count)
        if count:
            closed = min(count - 1, round(count * _out_of_use(count, p)))
            beds[finess] = Beds(count - closed, count * p.beds.medicine_occupancy.value, patience, closed)
    return _filled(day, Stream.MEDICINE, beds, p.beds.medicine_bound_min.value, {})


def _out_of_use(count: int, p: Parameters) -> float:
    """The share of so many beds in which nobody who waits can be put: closed, or of no use to them.

    All hospitals are full equally often, as one of `medicine_pool_beds` is: chance fills a small one more often, so
    that its margin is the greater, and the beds of a large one do not all stand for each other (square-root staffing).
    """
    beds = p.beds
    margin = max(0.0, 1.0 - beds.medicine_closed_share.value - beds.medicine_occupancy.value)
    margin *= sqrt(beds.medicine_pool_beds.value / count)
    return max(0.0, 1.0 - beds.medicine_occupancy.value - margin)


def _filled(
    day: OrdinaryDay, stream: Stream, beds: dict[str, Beds], bound_min: float, bedless: dict[str, float]
) -> FilledBeds:
    """The beds of a stream, and the patients that fill them; overflow goes to neighbours within the bound."""
    mean_h, sites = day.stays[stream].mean_h, day.region.establishments
    nearest = {
        finess: [
            other
            for minutes, other in day.journeys.get(finess, ())
            if other in beds and minutes <= bound_min and takes_from(sites[other], sites[finess], stream)
        ]
        for finess in (*beds, *bedless)
    }
    own = own_patients(beds, nearest, bedless)
    own.update((finess, load) for finess, load in bedless.items() if nearest[finess])
    return FilledBeds(beds, {finess: load / mean_h for finess, load in own.items()})
