"""Assumptions: which of what is assumed the verdict turns on."""

from dataclasses import astuple

from results.presentation.language import _
from results.presentation.turning import caveat_sentences, title_of_number, turning_rows, turning_sentence
from results.report.evidence import Evidence
from results.report.parts import Prose, Section, Table


def assumptions(evidence: Evidence) -> Section:
    """What the verdict turns on, the assumptions that can be told apart from chance, and how to read their shares."""
    found, title = evidence.summary.turns_on, _("The assumptions that matter")
    if found is None:
        nothing = _(
            "Nothing is drawn here: each assumption has the value of docs/parameters.md, and only chance differs."
        )
        return Section(anchor="assumptions", title=title, parts=(Prose(sentences=(nothing,)),))
    tables = tuple(
        Table(
            caption=title_of_number(name),
            headings=(_("Assumption"), _("drawn"), _("share"), _("95 % interval"), _("worse where")),
            rows=tuple(astuple(row) for row in turning_rows(explained)),
        )
        for name, explained in found.explained.items()
        if explained.told_apart
    )
    return Section(
        anchor="assumptions",
        title=title,
        parts=(
            Prose(sentences=(turning_sentence(found),)),
            *tables,
            Prose(sentences=tuple(caveat_sentences(found)), small=True),
        ),
    )
