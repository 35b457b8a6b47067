"""Chapters: the plan of each lost hospital, GHT and large shared service, as tables by department and name."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from results.presentation.language import _, named
from results.presentation.numbers import NO_BREAK, decimals_for, number, share
from results.redirect.lost import Lost, services_lost, territories_lost
from results.redirect.needs import NEEDS, Need
from results.redirect.plan import SHOWN, Destination, Map, Redirected, plan_of
from results.redirect.standing import Counted, Standing
from results.report.parts import Prose, Section, Table
from topologies.region import Establishment, Region


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan, and the crises that it is made for."""

    rows: Sequence[Redirected]
    counted: Counted | None


@dataclass(frozen=True, slots=True)
class Chapters:
    """The chapters of a region."""

    region: Region
    known: Map
    standing: Standing | None

    def planned(self, lost: Collection[str]) -> Planned:
        """The plan for those lost together."""
        if self.standing is None:
            return Planned(plan_of(self.known, lost), None)
        counted = self.standing.counted(lost)
        return Planned(plan_of(counted.room_in(self.known), lost), counted)

    def of_sites(self) -> Iterator[Section]:
        """Each hospital lost alone, by department and name."""
        for department, sites in groupby(
            self._sorted(self.region.establishments), lambda site: site.department
        ):
            here = list(sites)
            plans = {site.finess: self.planned([site.finess]) for site in here}
            tables = [
                self._table(site, plan.rows, plan.counted, _often(plan.counted))
                for site in here
                if (plan := plans[site.finess]).rows
            ]
            without = [named(site.name) for site in here if not plans[site.finess].rows]
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
                plan = self.planned(lost.sites)
                if plan.rows:
                    yield self._together(title, lost, plan)

    def _together(self, title: str, lost: Lost, plan: Planned) -> Section:
        rows = plan.rows
        plans = {site: list(mine) for site, mine in groupby(rows, lambda row: row.site)}
        stranded = _stranded_by_need(rows)
        told = _(
            "{count} {count:hospital is|hospitals are} lost together. Patients per day for whom nobody in reach has "
            "room: {stranded}."
        )
        none = _(
            "{count} {count:hospital is|hospitals are} lost together. There is room for all their patients."
        )
        in_words = ", ".join(
            f"{_(NEEDS[need].label)} {daily_in_words(count)}" for need, count in stranded.items()
        )
        sentence = (told if stranded else none).format(count=number(len(plans)), stranded=in_words)
        tables = [self._table(site, plans[site.finess], plan.counted, "") for site in self._sorted(plans)]
        name = named(lost.name)
        return Section(
            anchor=f"together-{min(lost.sites)}-{len(lost.sites)}",
            title=title.format(name=name),
            parts=(Prose(sentences=(sentence + _often(plan.counted),)), *tables),
        )

    def _sorted(self, sites: Iterable[str]) -> list[Establishment]:
        """As a regulator looks for them: by department, then by name."""
        chosen = (self.region.establishments[finess] for finess in sites)
        return sorted(chosen, key=lambda site: (site.department, site.name.casefold(), site.finess))

    def _table(
        self, site: Establishment, rows: Sequence[Redirected], counted: Counted | None, often: str
    ) -> Table:
        caption = named(site.name)
        if site.commune.casefold() not in site.name.casefold():
            caption = f"{caption}, {named(site.commune)}"
        return Table(
            caption=caption + often,
            headings=(_("patients"), _("per day"), _("first"), _("second"), _("third"), _("beyond")),
            rows=tuple(self.row(row, counted) for row in rows),
            worded=frozenset({2, 3, 4, 5}),
        )

    def row(self, row: Redirected, counted: Counted | None) -> tuple[str, ...]:
        """A line of a table: whom, how many, and up to three destinations."""
        chosen = [*row.takers, *row.reserve][:SHOWN]
        cells = [
            destination(one, self.region.establishments[one.finess].name, counted) for one in chosen
        ] or [_("nobody in reach has room")]
        blank = [""] * (SHOWN - len(cells))
        daily = daily_in_words(row.daily) if row.daily else ""
        return (_(NEEDS[row.need].label), daily, *cells, *blank, _beyond(row))


def destination(one: Destination, name: str, counted: Counted | None) -> str:
    """A destination in words: its name, the minutes, whom it is sent, its room, and in how many crises it stands."""
    gaps = {
        "name": named(name),
        "minutes": _minutes(one.minutes),
        "daily": daily_in_words(one.daily),
        "room": daily_in_words(one.room),
    }
    sentence = _("{name}, {minutes}: {daily} / {room}")
    if not one.daily:
        sentence = _("{name}, {minutes}: in reserve, {room}") if one.room else _("{name}, {minutes}: full")
    stands = f" ({share(counted.stands[one.finess])})" if counted else ""
    return sentence.format(**gaps) + stands


def _often(counted: Counted | None) -> str:
    """In how many crises the lost are down, after what is said of them."""
    if counted is None:
        return ""
    told = _("down in {down} of {of} {of:crisis|crises}")
    return f" ({told.format(down=number(counted.down), of=number(counted.of))})"


def _beyond(row: Redirected) -> str:
    """Who is sent farther than to the third, and who nowhere."""
    others = row.takers[SHOWN:]
    said = []
    if others:
        sentence = _("{count} {count:other|others}, up to {minutes}: {daily}")
        said.append(
            sentence.format(
                count=number(len(others)),
                minutes=_minutes(max(one.minutes for one in others)),
                daily=daily_in_words(sum(one.daily for one in others)),
            )
        )
    if row.stranded:
        said.append(_("without room: {daily}").format(daily=daily_in_words(row.stranded)))
    return " · ".join(said)


def _stranded_by_need(rows: Sequence[Redirected]) -> Mapping[Need, float]:
    sums = {need: sum(row.stranded for row in rows if row.need is need) for need in Need}
    return {need: count for need, count in sums.items() if count}


def _without(names: Sequence[str]) -> Iterator[Prose]:
    """Those of whom nobody is to be redirected."""
    if names:
        sentence = _("No patients of these kinds come to: {names}.")
        yield Prose(sentences=(sentence.format(names=" · ".join(names)),), small=True)


def _minutes(count: float) -> str:
    """On one line."""
    return f"{number(count)}{NO_BREAK}min"


def daily_in_words(count: float) -> str:
    """Patients per day, with about two figures."""
    return str(number(count, decimals_for(count)))
