"""The fields of the forms in words: a title and a line of help for each, for people who know hospitals."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from results.presentation.language import later


class Told(NamedTuple):
    """A field in words."""

    title: str
    help: str


FORMS: Final[Mapping[str, str]] = {
    "campaign": later(
        "Run a scenario many times, beside the same days without it, and say whether care holds."
    ),
    "comparison": later(
        "Run campaigns that differ in one thing on the same random numbers; say what each avoids or costs."
    ),
}
"""What each is for, by the name of its flow."""

FIELDS: Final[Mapping[str, Told]] = {
    "region": Told(later("Region"), later("The health region that is attacked.")),
    "scenario": Told(later("Scenario"), later("The attack and the event during which it strikes.")),
    "posture": Told(later("Posture"), later("How prepared the region is.")),
    "replications": Told(
        later("Replications"),
        later(
            "How many times the scenario is run: 200 for a first look, 1,000 and more to decide. Those that the store "
            "holds already are not run again."
        ),
    ),
    "seed": Told(
        later("Seed"),
        later("Names the random numbers; two postures with the same seed meet the same attempts."),
    ),
    "store": Told(later("Folder of results"), later("A folder in {store} that receives the results.")),
    "workers": Told(
        later("Processes"),
        later(
            "How many compute at once at most; left empty, as many as there are cores, shared between runs."
        ),
    ),
    "event": Told(
        later("Event"),
        later("Who gathers meanwhile; left empty, the scenario's own event; none for nobody."),
    ),
    "settings": Told(
        later("Other levels"), later("Other levels of the posture's levers, such as backups=0.9.")
    ),
    "parameters": Told(
        later("Uncertain parameters"),
        later(
            "drawn: each replication takes them from their ranges; central: replications differ by chance alone."
        ),
    ),
    "hours": Told(
        later("Detail of hours"),
        later("How finely hours are kept; left empty, of each hospital; bands for very many replications."),
    ),
}
"""Of a campaign, and of a comparison where it says nothing else."""

COMPARED: Final[Mapping[str, Told]] = {
    "scenario": Told(
        later("Scenario"),
        later(
            "The attack under which postures or events are compared; of scenarios that are compared, the first."
        ),
    ),
    "study": Told(
        later("Study"),
        later("Postures that are compared, by what is asked of them; or fill in one of the next three."),
    ),
    "postures": Told(
        later("Postures compared"), later("Two or more, the first of which the others are compared with.")
    ),
    "scenarios": Told(later("Scenarios compared"), later("Two or more that begin and end at the same hour.")),
    "events": Told(later("Events compared"), later("Two or more; none for nobody who gathers.")),
    "posture": Told(
        later("Posture"), later("How prepared the region is, where scenarios or events are compared.")
    ),
    "event": Told(
        later("Event"),
        later(
            "Who gathers meanwhile, where postures or scenarios are compared; the scenario's own when left empty."
        ),
    ),
}
"""Of a comparison."""


def told_of(flow: str, field: str) -> Told:
    """A field of the form of a flow."""
    return (COMPARED.get(field) if flow == "comparison" else None) or FIELDS[field]
