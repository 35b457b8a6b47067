"""Booklet: the redirect plan as tables to look up by department and name, on paper, when nothing else works."""

from typing import Final

import simulation
from results.presentation.language import _, later, named
from results.presentation.numbers import number
from results.presentation.regions.stream_capacity import ordinary_wards
from results.presentation.tlp import Tlp, sharing_of
from results.redirect.chapters import Chapters
from results.redirect.needs import NEEDS
from results.redirect.ordinary_room import OrdinaryRoom
from results.redirect.plan import map_of
from results.redirect.standing import Standing, standing_in
from results.report.heading import Heading
from results.report.page import Report
from results.report.parts import Prose, Section, Table
from results.store.snapshot import Snapshot
from topologies.errors import InputError, Message
from topologies.region import Region

READ: Final = (
    later(
        "Look up the department of the hospital that can take nobody, then its name; each line is one kind of patient."
    ),
    later(
        "Each destination has the minutes by road from the lost hospital, the patients per day that the plan sends it, "
        "and after the slash those for whom it has room. One “in reserve” is sent nobody while the others have room; "
        "what the plan leaves of its own follows. One that is “full” is so by other lines: call it when minutes count. "
        "All lines of a hospital hold at once: no room is counted twice."
    ),
    later(
        "A GHT or a shared service has a chapter of its own, because none of its hospitals can then take the patients "
        "of another."
    ),
)
CRISES: Final = later(
    "Who was hit, switched everything off or closed its emergencies in a crisis has no room in it. Only those who "
    "stand in nine of ten crises have room here, of the crises in which the lost hospital is down, or one of those "
    "lost together; of all crises where these are fewer than twenty. The percentage says in how many each destination "
    "stands; the next is to be called in the others."
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


class NobodyToRedirect(InputError):
    """The region has no patients for whom a plan could be made."""


class AnotherRegion(InputError):
    """The campaign says nothing of the hospitals of the region."""


def booklet_of(region: Region, tlp: Tlp, campaign: Snapshot | None = None) -> Report:
    """The booklet of a region; of a campaign, without room where one is down in the crises in which the lost are."""
    wards = ordinary_wards(region)
    if wards is None:
        raise NobodyToRedirect(
            Message(
                "{region} has neither emergencies nor acute beds, so nobody to redirect; give a region with hospitals",
                {"region": region.name},
            )
        )
    known = map_of(region, OrdinaryRoom(wards=wards, parameters=simulation.load_parameters()))
    standing = None if campaign is None else standing_of(region, campaign)
    chapters = Chapters(region, known, standing)
    return Report(
        _heading(region, tlp, campaign), (_read(standing), *chapters.of_sites(), *chapters.of_many())
    )


def standing_of(region: Region, campaign: Snapshot) -> Standing:
    """Who is down in which replication; the campaign is one of this region."""
    standing = standing_in(campaign)
    if set(standing.sites) != set(region.establishments):
        raise AnotherRegion(
            Message(
                "campaign {campaign} has other establishments than {region}; give the region that it was run for",
                {"campaign": campaign.descriptions[0].campaign, "region": region.name},
            )
        )
    return standing


def _heading(region: Region, tlp: Tlp, campaign: Snapshot | None) -> Heading:
    sites = len(region.establishments)
    kept = _("that stays in nine of ten crises of campaign {campaign}")
    room = kept.format(campaign=campaign.descriptions[0].campaign) if campaign else _("on an ordinary day")
    return Heading(
        title=named(region.title),
        subtitle=_("Redirect plan: who takes the patients of a hospital that can take none"),
        facts=(
            (_("Establishments"), number(sites)),
            (_("Room"), room),
            (_("Version of the model"), simulation.MODEL_VERSION),
        ),
        brief=(),
        tlp=f"TLP:{tlp}",
        sharing=sharing_of(tlp),
    )


def _read(standing: Standing | None) -> Section:
    return Section(
        anchor="read",
        title=_("How to read this booklet"),
        parts=(
            Prose(sentences=tuple(map(_, (*READ, *((CRISES,) if standing else ()))))),
            Prose(sentences=tuple(map(_, LIMITS))),
            Table(
                caption=_("What each kind of patient is sent to"),
                headings=(_("patients"), _("who may be sent them, by what is declared")),
                rows=tuple((_(asked.label), _(asked.stands_for)) for asked in NEEDS.values()),
                worded=frozenset({1}),
            ),
        ),
    )
