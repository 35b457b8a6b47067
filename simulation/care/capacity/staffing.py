"""How many places has each ward, and how many patients come to it, so that an ordinary day is as it is known to be?

Emergency departments have boxes for the busiest hour of their week and a margin; beds are as full as they are known
to be, by those whom the site's other wards pass on first, then by those who come by themselves.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import ceil, sqrt

from simulation.care.capacity.length_of_stay import Stays, load_of_week, log_normal_stays
from simulation.care.capacity.overflow import Beds, own_patients
from simulation.care.demand.calendar import arrivals_of_week, hours_of_week
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.scenarios.scenario import Scenario
from simulation.inputs.streams import BEDSIDE, EMERGENCY, NUMBER, SESSIONS, STREAMS, Stream
from topologies.fields.quantity import Quantity
from topologies.region import Establishment, LinkKind, Region, ServiceKind

HOURS_A_YEAR = 8766.0
ADMITTED = len(BEDSIDE)
"""The class of stays of emergency patients who will be hospitalised; the others are numbered as their streams."""
CONDITIONS = ("stroke", "stemi", "trauma", "arrest", "resuscitation")
"""The time-critical conditions, numbered from 1 in the loop."""


@dataclass(slots=True, kw_only=True)
class Ward:
    """One ward before it becomes a row of the arrays."""

    territory: str
    stream: Stream
    finess: str
    department: str
    places: float
    hourly: float = 0.0
    present: float = 0.0
    routes: tuple[tuple[float, ...], tuple[float, ...]] = ((0.0,) * 4, (0.0,) * 4)
    """Chances of medicine, critical care, urgent surgery, elsewhere: of ordinary and of time-critical patients."""


@dataclass(slots=True)
class _Inflow:
    """Patients an hour whom other wards pass on to the beds of a site."""

    medicine: float = 0.0
    critical: float = 0.0
    urgent: float = 0.0
    wards: list[Ward] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Filled:
    """The beds of one stream, and the patients an hour of each site's own that fill them, overflow reckoned with."""

    beds: dict[str, Beds]
    own: dict[str, float]


NO_BEDS = Beds(0, 0.0)
LEAST_FULL = 0.01
"""Beds that are always empty would be without number."""


def stays_of(p: Parameters) -> tuple[Stays, ...]:
    """Stays by class: the bedside streams in order, then emergency patients who will be hospitalised."""

    def of(quantity: Quantity) -> Stays:
        return log_normal_stays(quantity.value, quantity.log_sd or 0.0)

    home, admitted, surgery = (
        of(p.emergency.emergency_stay_h),
        of(p.emergency.emergency_admitted_stay_h),
        of(p.surgery.surgery_stay_h),
    )
    critical, maternity, medicine = (
        of(p.beds.critical_care_stay_h),
        of(p.beds.maternity_stay_h),
        of(p.beds.medicine_stay_h),
    )
    return (home, home, critical, surgery, surgery, maternity, medicine, admitted)


class Staffing:
    """Places and patients of every site, so that on an ordinary day beds are as full as they are known to be."""

    def __init__(self, region: Region, scenario: Scenario, p: Parameters, stays: tuple[Stays, ...]) -> None:
        self.region = region
        self.p = p
        self.stays = stays
        self.first_hour = int(hours_of_week(scenario)[0])
        self.weeks = {stream: arrivals_of_week(stream, p) for stream in STREAMS}
        self.beds_of_all = sum(site.beds_mco or 0 for site in region.establishments.values())
        critical = sum(share.value for share in p.conditions.shares.values())
        self.time_critical = critical
        self.hospitalised = p.emergency.emergency_hospitalised_share.value
        self.journeys = journeys_of(region)

    def wards(self) -> Iterator[Ward]:
        """Every ward of the region."""
        inflows = {finess: self._emergencies(site) for finess, site in self.region.establishments.items()}
        critical, maternities = self._critical_beds(inflows), self._maternity_beds()
        medicine = self._medicine_beds(maternities)
        for finess, site in self.region.establishments.items():
            inflow = inflows[finess]
            self._beds(site, inflow, critical, maternities, medicine)
            yield from inflow.wards
            yield from self._sessions(site)
        yield from self._calls()

    def _ward(
        self, site: Establishment, stream: Stream, places: float, hourly: float = 0.0, present: float = 0.0
    ) -> Ward:
        return Ward(
            territory=site.territory,
            stream=stream,
            finess=site.finess,
            department=site.department,
            places=places,
            hourly=hourly,
            present=present,
        )

    def _visits(self, site: Establishment) -> dict[Stream, float]:
        """Emergency visits an hour, of adults and of children."""
        hourly = (site.ed_visits_per_year or 0) / HOURS_A_YEAR
        if not hourly or not site.has_emergency:
            return {}
        children = self.p.emergency.emergency_paediatric_share.value if site.adult_emergency else 1.0
        if not site.paediatric_emergency:
            children = 0.0
        shares = {Stream.EMERGENCY_ADULT: 1.0 - children, Stream.EMERGENCY_PAEDIATRIC: children}
        return {stream: hourly * share for stream, share in shares.items() if share}

    def _emergencies(self, site: Establishment) -> _Inflow:
        """The emergency departments of a site, and what they pass on to its beds."""
        p, inflow = self.p, _Inflow()
        admitted = self.hospitalised
        for stream, hourly in self._visits(site).items():
            load = hourly * (
                (1.0 - admitted) * load_of_week(self.weeks[stream], self.stays[0])
                + admitted * load_of_week(self.weeks[stream], self.stays[ADMITTED])
            )
            boxes = ceil(load.max() + p.emergency.emergency_staffing.value * sqrt(load.max()))
            inflow.wards.append(self._ward(site, stream, boxes, hourly=hourly, present=load[self.first_hour]))
            time_critical, others = hourly * self.time_critical, hourly * (admitted - self.time_critical)
            critical = others * p.emergency.emergency_critical_share.value
            critical += time_critical * p.conditions.time_critical_to_critical_care.value
            urgent = others * p.emergency.emergency_surgery_share.value
            urgent += time_critical * p.conditions.time_critical_to_surgery.value
            inflow.critical += critical
            inflow.urgent += urgent
            inflow.medicine += hourly * admitted - critical - urgent
        return inflow

    def _critical_beds(self, inflows: dict[str, _Inflow]) -> _Filled:
        """Critical care of all sites; those without beds are in it where somebody in reach has some."""
        p, mean_h = self.p, self.stays[NUMBER[Stream.CRITICAL_CARE]].mean_h
        wards, bedless = {}, {}
        for finess, site in self.region.establishments.items():
            inflow, count = inflows[finess], (site.beds_icu or 0) + (site.beds_intensive or 0)
            inflow.critical += self._operated_critical(site, inflow)
            if count:
                wards[finess] = Beds(count, count * p.beds.critical_care_occupancy.value)
            elif inflow.critical:
                bedless[finess] = inflow.critical * mean_h
        return self._filled(Stream.CRITICAL_CARE, wards, p.beds.critical_care_bound_min.value, bedless)

    def _maternity_beds(self) -> _Filled:
        """The maternities of all sites large enough: whole beds, and births that fill them as they are known to be."""
        p, mean_h = self.p, self.stays[NUMBER[Stream.MATERNITY]].mean_h
        wards = {}
        for finess, site in self.region.establishments.items():
            acute = site.beds_mco or 0
            load = acute * p.beds.births_per_bed_year.value / HOURS_A_YEAR * mean_h
            if load and acute >= p.beds.maternity_from_beds.value:
                count = max(1, round(load / max(p.beds.maternity_occupancy.value, LEAST_FULL)))
                wards[finess] = Beds(count, count * p.beds.maternity_occupancy.value)
        return self._filled(Stream.MATERNITY, wards, p.beds.maternity_bound_min.value, {})

    def _medicine_beds(self, maternities: _Filled) -> _Filled:
        """The other acute beds of all sites, for which their patients can wait some hours where they are."""
        p, mean_h = self.p, self.stays[NUMBER[Stream.MEDICINE]].mean_h
        patience = p.emergency.boarding_before_transfer_h.value / mean_h
        wards = {}
        for finess, site in self.region.establishments.items():
            acute = (site.beds_mco or 0) + (site.beds_uhcd or 0)
            count = max(0, acute - maternities.beds.get(finess, NO_BEDS).count)
            if count:
                wards[finess] = Beds(count, count * p.beds.medicine_occupancy.value, patience)
        return self._filled(Stream.MEDICINE, wards, p.beds.medicine_bound_min.value, {})

    def _filled(
        self, stream: Stream, beds: dict[str, Beds], bound_min: float, bedless: dict[str, float]
    ) -> _Filled:
        """The beds of a stream, and the patients that fill them; those sent on go within the stream's bound."""
        mean_h = self.stays[NUMBER[stream]].mean_h
        nearest = {
            finess: [
                other
                for minutes, other in self.journeys.get(finess, ())
                if other in beds and minutes <= bound_min
            ]
            for finess in (*beds, *bedless)
        }
        own = own_patients(beds, nearest, bedless)
        own.update((finess, load) for finess, load in bedless.items() if nearest[finess])
        return _Filled(beds, {finess: load / mean_h for finess, load in own.items()})

    def _operated_critical(self, site: Establishment, inflow: _Inflow) -> float:
        """Patients an hour who need critical care after an operation at the site."""
        p = self.p
        surgery = (site.beds_mco or 0) * p.surgery.surgery_per_bed_year.value / HOURS_A_YEAR
        urgent = max(surgery * p.surgery.surgery_urgent_share.value, inflow.urgent)
        return (
            surgery * (1.0 - p.surgery.surgery_urgent_share.value) + urgent
        ) * p.surgery.surgery_critical_share.value

    def _beds(
        self, site: Establishment, inflow: _Inflow, critical: _Filled, maternities: _Filled, medicine: _Filled
    ) -> None:
        """Theatres, critical care, maternity and medicine, filled as on an ordinary day; and the routes to them."""
        surgery = (site.beds_mco or 0) * self.p.surgery.surgery_per_bed_year.value / HOURS_A_YEAR
        if surgery or inflow.urgent:
            self._theatres(site, inflow, surgery)
        critical_kept = self._critical_care(site, inflow, critical)
        self._maternity(site, inflow, maternities)
        medicine_kept = self._medicine(site, inflow, surgery, medicine)
        self._route(site, inflow, critical_kept, medicine_kept)

    def _theatres(self, site: Establishment, inflow: _Inflow, surgery: float) -> None:
        p, stays = self.p, self.stays[NUMBER[Stream.SURGERY_URGENT]]
        urgent = max(surgery * p.surgery.surgery_urgent_share.value, inflow.urgent)
        load = urgent * load_of_week(self.weeks[Stream.SURGERY_URGENT], stays)
        theatres = ceil(load.max() + p.surgery.surgery_urgent_staffing.value * sqrt(load.max()))
        inflow.wards.append(
            self._ward(
                site,
                Stream.SURGERY_URGENT,
                theatres,
                hourly=urgent - inflow.urgent,
                present=load[self.first_hour],
            )
        )
        inflow.urgent = urgent
        scheduled = surgery * (1.0 - p.surgery.surgery_urgent_share.value)
        if scheduled:
            week = self.weeks[Stream.SURGERY_SCHEDULED]
            busiest = week.max() * scheduled * stays.mean_h
            planned = ceil(busiest * p.surgery.surgery_margin.value)
            load_now = scheduled * load_of_week(week, stays)[self.first_hour]
            inflow.wards.append(
                self._ward(
                    site, Stream.SURGERY_SCHEDULED, planned, hourly=scheduled, present=min(load_now, planned)
                )
            )

    def _critical_care(self, site: Establishment, inflow: _Inflow, filled: _Filled) -> float:
        """The share of those whom the site passes on to critical care for whom it, or another in reach, has beds."""
        own = filled.own.get(site.finess)
        if own is None:
            inflow.critical = 0.0
            return 0.0
        beds = filled.beds.get(site.finess, NO_BEDS)
        kept = min(1.0, own / inflow.critical) if inflow.critical else 1.0
        inflow.wards.append(
            self._ward(
                site,
                Stream.CRITICAL_CARE,
                beds.count,
                hourly=max(0.0, own - inflow.critical),
                present=beds.taken,
            )
        )
        inflow.critical = beds.taken / self.stays[NUMBER[Stream.CRITICAL_CARE]].mean_h
        return kept

    def _maternity(self, site: Establishment, inflow: _Inflow, filled: _Filled) -> None:
        beds = filled.beds.get(site.finess, NO_BEDS)
        if beds.count:
            inflow.wards.append(
                self._ward(
                    site,
                    Stream.MATERNITY,
                    beds.count,
                    hourly=filled.own[site.finess],
                    present=beds.taken,
                )
            )

    def _medicine(self, site: Establishment, inflow: _Inflow, surgery: float, filled: _Filled) -> float:
        """The share of those passed on to the beds of the site for whom they are meant; the rest go elsewhere."""
        p, own = self.p, filled.own.get(site.finess)
        if own is None:
            return 0.0
        scheduled = surgery * (1.0 - p.surgery.surgery_urgent_share.value)
        critical_share = p.surgery.surgery_critical_share.value
        passed_on = (
            inflow.medicine
            + inflow.urgent * (1.0 - critical_share)
            + scheduled * p.surgery.surgery_inpatient_share.value
            + inflow.critical * p.beds.critical_to_medicine_share.value
        )
        beds = filled.beds[site.finess]
        inflow.wards.append(
            self._ward(
                site,
                Stream.MEDICINE,
                beds.count,
                hourly=max(0.0, own - passed_on),
                present=beds.taken,
            )
        )
        return min(1.0, own / passed_on) if passed_on else 1.0

    def _route(
        self, site: Establishment, inflow: _Inflow, critical_kept: float, medicine_kept: float
    ) -> None:
        """Where each ward of the site passes its patients on; for whom it has no bed is hospitalised elsewhere."""
        p = self.p
        t = self.time_critical
        t_critical, t_urgent = (
            p.conditions.time_critical_to_critical_care.value,
            p.conditions.time_critical_to_surgery.value,
        )
        # Of all patients a share is hospitalised, of the time-critical everyone; what is left is the ordinary ones'.
        hospitalised = max(0.0, self.hospitalised - t) / (1.0 - t)
        o_critical = hospitalised * p.emergency.emergency_critical_share.value
        o_urgent = hospitalised * p.emergency.emergency_surgery_share.value
        o_medicine = hospitalised - o_critical - o_urgent

        def split(medicine: float, critical: float, urgent: float) -> tuple[float, ...]:
            local = (medicine * medicine_kept, critical * critical_kept, urgent)
            return (*local, medicine + critical + urgent - sum(local))

        in_emergency = (
            split(o_medicine, o_critical, o_urgent),
            split(1.0 - t_critical - t_urgent, t_critical, t_urgent),
        )
        after = {
            Stream.SURGERY_URGENT: split(
                1.0 - p.surgery.surgery_critical_share.value, p.surgery.surgery_critical_share.value, 0.0
            ),
            Stream.SURGERY_SCHEDULED: split(
                p.surgery.surgery_inpatient_share.value, p.surgery.surgery_critical_share.value, 0.0
            ),
            Stream.CRITICAL_CARE: split(p.beds.critical_to_medicine_share.value, 0.0, 0.0),
        }
        for ward in inflow.wards:
            if ward.stream in EMERGENCY:
                ward.routes = in_emergency
            elif ward.stream in after:
                ward.routes = (after[ward.stream], after[ward.stream])

    def _sessions(self, site: Establishment) -> Iterator[Ward]:
        """The sessions of a site: the region's, by acute beds, shared between those large enough to hold them."""
        p, beds = self.p, site.beds_mco or 0
        for stream in SESSIONS[:-1]:
            least = p.sessions.from_beds[stream].value
            if beds and beds >= least:
                large = sum(
                    other.beds_mco or 0
                    for other in self.region.establishments.values()
                    if (other.beds_mco or 0) >= least
                )
                yearly = p.sessions.per_bed_year[stream].value * beds * self.beds_of_all / large
                hourly = yearly / HOURS_A_YEAR
                yield self._ward(site, stream, hourly * p.sessions.session_margin.value, hourly=hourly)

    def _calls(self) -> Iterator[Ward]:
        """The calls of each SAMU, by the emergency visits of the sites that it directs."""
        for service, sites in samu_sites(self.region).items():
            visits = sum(self.region.establishments[finess].ed_visits_per_year or 0 for finess in sites)
            hourly = visits * self.p.samu.samu_calls_per_visit.value / HOURS_A_YEAR
            if hourly:
                name = self.region.services[service].name
                yield Ward(
                    territory=name,
                    stream=Stream.SAMU,
                    finess=service,
                    department=service,
                    places=hourly * self.p.samu.samu_staffing.value,
                    hourly=hourly,
                )


def journeys_of(region: Region) -> dict[str, list[tuple[float, str]]]:
    """The journeys from each place to emergency sites, by minutes, nearest first."""
    journeys: dict[str, list[tuple[float, str]]] = {}
    for link in region.links:
        if link.kind is LinkKind.TRANSFER and link.minutes is not None:
            journeys.setdefault(link.source, []).append((link.minutes, link.target))
    return {source: sorted(ways) for source, ways in journeys.items()}


def samu_sites(region: Region) -> dict[str, list[str]]:
    """The establishments that each SAMU directs ambulances to."""
    found: dict[str, list[str]] = {}
    for link in region.links:
        service = region.services.get(link.source)
        if service and service.kind is ServiceKind.SAMU and link.target in region.establishments:
            found.setdefault(link.source, []).append(link.target)
    return found
