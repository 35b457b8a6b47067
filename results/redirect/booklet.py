"""Booklet: the redirect plan as tables to look up by department and name, on paper, when nothing else works."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import simulation
from results.presentation.language import _, later, named
from results.presentation.numbers import decimals_for, number
from results.presentation.regions.stream_capacity import ordinary_wards
from results.redirect.lost import Lost, services_lost, territories_lost
from results.redirect.needs import NEEDS, Need
from results.redirect.ordinary_room import OrdinaryRoom
from results.redirect.plan import SHOWN, Destination, Map, Redirected, map_of, plan_of
from results.report.asked import Tlp
from results.report.heading import Heading, sharing_of
from results.report.page import Report
from results.report.parts import Prose, Section, Table
from topologies.errors import InputError, Message
from topologies.region import Establishment, Region

READ: Final = (
    later(
        "Look up the department of the hospital that can take nobody, then its name; each line is one kind of patient."
    ),
    later(
        "Each destination has the minutes by road from the lost hospital, the patients per day that the plan sends it, "
        "and after the slash those for whom it has room. One “in reserve” is sent nobody while the others have room. "
        "All lines of a hospital hold at once: no room is counted twice."
    ),
    later(
        "A GHT or a shared service has a chapter of its own, because none of its hospitals can then take the patients "
        "of another."
    ),
)
LIMITS: Final = (
    later(
        "Check before you rely on it: the data of the region do not say who has a stroke unit, a catheter room, a "
        "trauma team, a level of neonatal care or dialysis. What stands for each is in the table below; cross out who "
        "cannot, and write in who can."
    ),
    later(
        "Room is that of an ordinary day: beds that are declared and not taken then, closed ones included, as where a "
        "plan blanc opens them; of an emergency department, until the model would send ambulances elsewhere or its "
        "hospitalised would find no bed. On the day, ask before you send."
    ),
    later(
        "Minutes are those of the region’s own journeys between hospitals, on an ordinary day, not from where the "
        "patient lies. All that is in doubt of the model is in doubt here."
    ),
)
NO_BREAK: Final = "\u00a0"


class NobodyToRedirect(InputError):
    """The region has no patients for whom a plan could be made."""


def booklet_of(region: Region, tlp: Tlp) -> Report:
    """The booklet of a region; it says the same whenever it is made from the same data."""
    wards = ordinary_wards(region)
    if wards is None:
        raise NobodyToRedirect(
            Message(
                "{region} has neither emergencies nor acute beds, so nobody to redirect; give a region with hospitals",
                {"region": region.name},
            )
        )
    known = map_of(region, OrdinaryRoom(wards=wards, parameters=simulation.load_parameters()))
    chapters = _Chapters(region, known)
    return Report(_heading(region, tlp), (_read(), *chapters.of_sites(), *chapters.of_many()))


def _heading(region: Region, tlp: Tlp) -> Heading:
    sites = len(region.establishments)
    return Heading(
        title=named(region.title),
        subtitle=_("Redirect plan: who takes the patients of a hospital that can take none"),
        facts=(
            (_("Establishments"), number(sites)),
            (_("Room"), _("on an ordinary day")),
            (_("Version of the model"), simulation.MODEL_VERSION),
        ),
        brief=(),
        tlp=f"TLP:{tlp}",
        sharing=sharing_of(tlp),
    )


def _read() -> Section:
    return Section(
        anchor="read",
        title=_("How to read this booklet"),
        parts=(
            Prose(sentences=tuple(map(_, READ))),
            Prose(sentences=tuple(map(_, LIMITS))),
            Table(
                caption=_("What each kind of patient is sent to"),
                headings=(_("patients"), _("who may be sent them, by what is declared")),
                rows=tuple((_(asked.label), _(asked.stands_for)) for asked in NEEDS.values()),
                worded=frozenset({1}),
            ),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Chapters:
    """The chapters of a region."""

    region: Region
    known: Map

    def of_sites(self) -> Iterator[Section]:
        """Each hospital lost alone, by department and name."""
        for department, sites in groupby(
            self._sorted(self.region.establishments), lambda site: site.department
        ):
            here = list(sites)
            plans = {site.finess: plan_of(self.known, [site.finess]) for site in here}
            tables = [self._table(site, plans[site.finess]) for site in here if plans[site.finess]]
            without = [named(site.name) for site in here if not plans[site.finess]]
            yield Section(
                anchor=f"department-{department}",
                title=_("Department {department}").format(department=department),
                parts=(*tables, *_without(without)),
            )

    def of_many(self) -> Iterator[Section]:
        """Each territory and each large shared service, with all hospitals that are lost with it."""
        told = (
            (_("The whole of {name}"), territories_lost(self.region)),
            (_("All whom “{name}” serves"), services_lost(self.region)),
        )
        for title, some in told:
            for lost in some:
                rows = plan_of(self.known, lost.sites)
                if rows:
                    yield self._together(title, lost, rows)

    def _together(self, title: str, lost: Lost, rows: Sequence[Redirected]) -> Section:
        plans = {site: list(mine) for site, mine in groupby(rows, lambda row: row.site)}
        stranded = _stranded_by_need(rows)
        told = _(
            "{count} {count:hospital is|hospitals are} lost together. Patients per day for whom nobody in reach has "
            "room: {stranded}."
        )
        none = _(
            "{count} {count:hospital is|hospitals are} lost together. There is room for all their patients."
        )
        in_words = ", ".join(f"{_(NEEDS[need].label)} {_daily(count)}" for need, count in stranded.items())
        sentence = (told if stranded else none).format(count=number(len(plans)), stranded=in_words)
        tables = [self._table(site, plans[site.finess]) for site in self._sorted(plans)]
        name = named(lost.name)
        return Section(
            anchor=f"together-{min(lost.sites)}-{len(lost.sites)}",
            title=title.format(name=name),
            parts=(Prose(sentences=(sentence,)), *tables),
        )

    def _sorted(self, sites: Iterable[str]) -> list[Establishment]:
        """As a regulator looks for them: by department, then by name."""
        chosen = (self.region.establishments[finess] for finess in sites)
        return sorted(chosen, key=lambda site: (site.department, site.name.casefold(), site.finess))

    def _table(self, site: Establishment, rows: Sequence[Redirected]) -> Table:
        caption = named(site.name)
        if site.commune.casefold() not in site.name.casefold():
            caption = f"{caption}, {named(site.commune)}"
        return Table(
            caption=caption,
            headings=(_("patients"), _("per day"), _("first"), _("second"), _("third"), _("beyond")),
            rows=tuple(self._row(row) for row in rows),
            worded=frozenset({2, 3, 4, 5}),
        )

    def _row(self, row: Redirected) -> tuple[str, ...]:
        chosen = [*row.takers, *row.reserve][:SHOWN]
        cells = [self._destination(one) for one in chosen] or [_("nobody in reach has room")]
        blank = [""] * (SHOWN - len(cells))
        return (_(NEEDS[row.need].label), _daily(row.daily), *cells, *blank, _beyond(row))

    def _destination(self, one: Destination) -> str:
        gaps = {
            "name": named(self.region.establishments[one.finess].name),
            "minutes": _minutes(one.minutes),
            "daily": _daily(one.daily),
            "room": _daily(one.room),
        }
        sentence = _("{name}, {minutes}: {daily} / {room}")
        if not one.daily:
            sentence = _("{name}, {minutes}: in reserve, {room}")
        return sentence.format(**gaps)


def _beyond(row: Redirected) -> str:
    """Who is sent farther than to the third, and who nowhere."""
    others = row.takers[SHOWN:]
    said = []
    if others:
        sentence = _("{count} {count:other|others}, up to {minutes}: {daily}")
        said.append(
            sentence.format(
                count=number(len(others)),
                minutes=_minutes(others[-1].minutes),
                daily=_daily(sum(one.daily for one in others)),
            )
        )
    if row.stranded:
        said.append(_("without room: {daily}").format(daily=_daily(row.stranded)))
    return "; ".join(said)


def _stranded_by_need(rows: Sequence[Redirected]) -> Mapping[Need, float]:
    sums = {need: sum(row.stranded for row in rows if row.need is need) for need in Need}
    return {need: count for need, count in sums.items() if count}


def _without(names: Sequence[str]) -> Iterator[Prose]:
    """Those of whom nobody is to be redirected."""
    if names:
        sentence = _("No patients of these kinds come to: {names}.")
        yield Prose(sentences=(sentence.format(names="; ".join(names)),), small=True)


def _minutes(count: float) -> str:
    """On one line."""
    return f"{number(count)}{NO_BREAK}min"


def _daily(count: float) -> str:
    """Patients per day, with about two figures."""
    return str(number(count, decimals_for(count)))
