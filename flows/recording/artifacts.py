"""Artifacts: what the Prefect UI shows of a campaign or a comparison. Its progress, and its verdicts."""

from dataclasses import astuple, dataclass, field
from typing import Final, NamedTuple, Self, cast
from unicodedata import normalize
from uuid import UUID

from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)

from flows.execution.chunk import Chunk
from flows.recording.breaches import emit_breaches
from results import Comparison, Sensitivity, Summary
from results.presentation.comparing.rows import alternative_rows, headings, title_of_rows
from results.presentation.comparing.sentences import (
    best_sentences,
    crises_sentences,
    pair_sentences,
    varied_sentence,
)
from results.presentation.language import _, of
from results.presentation.tabled import added_row, caveats, row_of, waited_row
from results.presentation.tlp import Tlp, sharing_of
from results.presentation.turning import caveat_sentences, turning_rows, turning_sentence
from results.presentation.wording import (
    added_word,
    care_in_brief,
    care_sentences,
    care_word,
    first_sign_sentences,
    reach_sentences,
    share_in_words,
    stopped_sentences,
    systems_sentences,
    systems_word,
    track_record_sentences,
)
from simulation.inputs.indicators.registry import THEMES

TLP: Final = Tlp.AMBER
"""Of all that a run publishes, which names who is weak where; `tocsin report` takes the same where nobody says."""


class Conclusion(NamedTuple):
    """What a run that has ended well says in a log, and as its state."""

    name: str
    """Of the campaign or the comparison in the store."""
    sentence: str


def title_of(chunk: Chunk) -> str:
    """What a chunk is called in the log of a run.

    >>> title_of(Chunk("c1", (0, 1, 2))), title_of(Chunk("c0", (7,), is_ordinary=True))
    ('réplications 0 à 2', 'sans l’attaque, réplication 7')
    >>> title_of(Chunk("c1", (3, 9))), title_of(Chunk("c1", (0, 1), label="prepared"))
    ('réplications 3 … 9', 'prepared, réplications 0 à 1')
    """
    first, last = chunk.numbers[0], chunk.numbers[-1]
    of = _("without the attack, ") if chunk.is_ordinary else chunk.label and f"{chunk.label}, "
    if first == last:
        return of + _("replication {first}").format(first=first)
    in_a_row = last - first == len(chunk) - 1
    several = _("replications {first} to {last}") if in_a_row else _("replications {first} … {last}")
    return of + several.format(first=first, last=last)


def task_of(chunk: Chunk) -> str:
    """The name of a chunk's task, which a picture of Prefect's pages shows in letters that have no accents.

    >>> task_of(Chunk("c0", (7,), is_ordinary=True)), task_of(Chunk("c1", (3, 9)))
    ("sans l'attaque, replication 7", 'replications 3 ... 9')
    """
    return normalize("NFKD", title_of(chunk).replace("’", "'")).encode("ascii", "ignore").decode()


@dataclass(slots=True)
class Progress:
    """The bar of a run in the UI."""

    artifact: UUID
    total: int
    done: int = field(default=0)

    @classmethod
    def of(cls, total: int, missing: int) -> Self:
        """The bar appears, as far along as the store is."""
        progress = cls(
            artifact=cast("UUID", create_progress_artifact(0.0, description=_("Replications finished"))),
            total=total,
        )
        progress.advance(total - missing)
        return progress

    def advance(self, replications: int) -> None:
        """So many more replications are finished."""
        self.done += replications
        update_progress_artifact(self.artifact, 100 * self.done / self.total)


def publish(summary: Summary) -> Conclusion:
    """What the attack adds, how long things take, thresholds, every indicator, and two verdicts are with the run."""
    key = f"{summary.region}-{summary.scenario}-{summary.posture}"
    tables = {
        "added": (added_word(summary), _added(summary)),
        "waits": (_("How long it takes"), _waits(summary)),
        "thresholds": (_("How often each threshold held"), _thresholds(summary)),
        "indicators": (_("Indicators, ordinary life included"), _indicators(summary)),
    }
    for name, (description, rows) in tables.items():
        create_table_artifact(rows, key=f"{key}-{name}", description=marked(description))
    sentences = [
        *reach_sentences(summary),
        *stopped_sentences(summary),
        f"# {care_word(summary)}",
        *care_sentences(summary),
        f"# {systems_word(summary)}",
        *systems_sentences(summary),
        *first_sign_sentences(summary),
        *caveats(summary),
        *track_record_sentences(summary),
    ]
    _publish_text(sentences, f"{key}-verdict", _("Verdict"))
    if summary.turns_on is not None:
        _publish_what_it_turns_on(summary.turns_on, f"{key}-sensitivity")
    emit_breaches(summary)
    brief = [f"{care_word(summary)}.", *care_in_brief(summary), f"{systems_word(summary)}."]
    return Conclusion(summary.campaign, " ".join(brief))


def publish_comparison(comparison: Comparison) -> Conclusion:
    """What each alternative adds to the ordinary days, and what it avoids or costs beside the reference."""
    names = headings(comparison)
    rows = [
        {
            _("Alternative"): row.name,
            _("went off in"): row.went_off,
            _("care held in"): row.care_held,
            **dict(zip(names, row.added, strict=True)),
        }
        for row in alternative_rows(comparison)
    ]
    key = comparison.comparison
    create_table_artifact(rows, key=f"{key}-added", description=marked(title_of_rows(comparison)))
    best = [*best_sentences(comparison)]
    pairs = [sentence for pair in comparison.pairs for sentence in pair_sentences(comparison, pair)]
    sentences = [varied_sentence(comparison), *crises_sentences(comparison), *best, *pairs]
    _publish_text(sentences, f"{key}-paired", _("Comparison"))
    return Conclusion(key, (best or pairs or sentences)[0])


def marked(description: str) -> str:
    """The description of an artifact, with whom it may be shared."""
    return f"{description} · TLP:{TLP}"


def _publish_text(sentences: list[str], key: str, description: str) -> None:
    sharing = f"**TLP:{TLP}**: {sharing_of(TLP)}"
    create_markdown_artifact("\n\n".join([*sentences, sharing]), key=key, description=marked(description))


def _publish_what_it_turns_on(found: Sensitivity, key: str) -> None:
    """The assumptions that are told apart from chance, as a table, and the sentence that names them."""
    headings = (_("Assumption"), _("drawn"), _("share"), _("95 % interval"), _("worse where"))
    rows = [row for explained in found.explained.values() for row in turning_rows(explained)]
    lines = [headings, ("---",) * len(headings), *map(astuple, rows)] if rows else []
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    sentences = [f"**{turning_sentence(found)}**", table, *caveat_sentences(found)]
    _publish_text([*filter(None, sentences)], key, _("What the verdict turns on"))


def _added(summary: Summary) -> list[dict[str, str]]:
    rows = [added_row(name, added) for name, added in summary.added.items()]
    return [
        {
            _("Indicator"): row.name,
            _("without it"): row.ordinary,
            _("median"): row.median,
            _("one in ten"): row.one_in_ten,
            _("worst"): row.worst,
        }
        for row in rows
    ]


def _waits(summary: Summary) -> list[dict[str, str]]:
    rows = [waited_row(name, waited) for name, waited in summary.waits.items()]
    return [
        {
            _("Indicator"): row.name,
            _("replications"): row.concerned,
            _("half within"): row.half,
            _("late"): row.late,
        }
        for row in rows
    ]


def _thresholds(summary: Summary) -> list[dict[str, str]]:
    judged = ((care_word(summary), summary.care), (systems_word(summary), summary.systems))
    return [
        {
            _("Verdict"): word,
            _("Threshold"): of(threshold.reason),
            _("where it went off"): share_in_words(threshold.given),
            _("over all"): share_in_words(threshold.over_all),
        }
        for word, judgement in judged
        if judgement
        for threshold in judgement.thresholds
    ]


def _indicators(summary: Summary) -> list[dict[str, str]]:
    rows = [
        (of(theme.value), row_of(name, summary.indicators[name]))
        for theme, indicators in THEMES.items()
        for name in indicators
        if name in summary.indicators
    ]
    return [
        {
            _("Theme"): theme,
            _("Indicator"): row.name,
            _("Mean"): row.mean,
            _("95 % margin"): row.margin,
            _("Nine times in ten"): row.usual,
        }
        for theme, row in rows
    ]
