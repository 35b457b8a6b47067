"""The name of a run: what a person typed, else what tells it apart in a list: region, attack, posture, number, seed."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import PurePath
from typing import Any, Final

from coolname.data import config
from prefect.runtime import flow_run

from results.presentation.language import _
from results.presentation.numbers import number
from simulation import Uncertainty

MOST_LETTERS = 120
"""Of what is told before the numbers."""
COUNTED: Final = {"replications": 200, "seed": 1}
"""Those of the examples below."""

GREEK: Final = (
    "alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|omicron|pi|rho|sigma|tau|upsilon|phi|chi|"
    "psi|omega"
)
PRAISE: Final = (
    "Awesome|Rustic|Small|Gorgeous|Fantastic|Sleek|Intelligent|Unbranded|Refined|Licensed|Generic|Practical|Ergonomic|"
    "Handcrafted|Tasty|Handmade|Incredible"
)
DRAWN_BY_PAGES: Final = re.compile(rf"(?:{GREEK})\d*-[a-z']+(?:-[a-z]+)?|(?:{PRAISE})-[A-Z][\w ]{{1,5}}")
"""Names such as `eta387-mintaka-sector` and `Rustic-Koala`, with which the two forms of Prefect 3.8 begin."""


def name_of_run() -> str:
    """The name that somebody typed, or what the parameters tell."""
    typed = flow_run.get_name() or ""
    return name_of(flow_run.get_parameters()) if is_drawn(typed) else typed


def is_drawn(name: str) -> bool:
    """Whether Prefect has drawn the name, in a form or on its server.

    >>> [is_drawn(name) for name in ("psi6-eriador", "Rustic-Koala", "gentle-otter", "")]
    [True, True, True, True]
    >>> [is_drawn(name) for name in ("essai-corse", "Plan blanc, avril", "beta", "corse-2027")]
    [False, False, False, False]
    """
    words = name.split("-")
    by_server = len(words) == len(("adjective", "animal")) and _words_drawn("2").issuperset(words)
    return not name or by_server or bool(DRAWN_BY_PAGES.fullmatch(name))


@cache
def _words_drawn(kind: str) -> frozenset[str]:
    """The words of Prefect's server, from the package that it draws them with."""
    drawn: dict[str, list[str]] = config[kind]  # type: ignore[assignment]  # a table without a type
    return frozenset(drawn.get("words", ())).union(*map(_words_drawn, drawn.get("lists", ())))


def name_of(asked: Mapping[str, Any]) -> str:
    """What the parameters of a campaign or of a comparison tell, files by their names alone.

    >>> name_of({"region": "corse", "scenario": "island-alone", "posture": "/mine/ours.yaml"} | COUNTED)
    'corse · island-alone · ours · 200 réplications · graine 1'
    >>> name_of(
    ...     {"region": "corse", "scenario": "worm-unpatched", "postures": ["pooled", "isolated"]} | COUNTED
    ... )
    'corse · worm-unpatched · pooled, isolated · 200 réplications · graine 1'
    """
    counted = _("{count} {count:replication|replications}").format(count=number(asked["replications"]))
    told = " · ".join(_told(asked))[:MOST_LETTERS]
    return f"{told} · {counted} · {_('seed {seed}').format(seed=asked['seed'])}"


def _told(asked: Mapping[str, Any]) -> Iterator[str]:
    """Where, what, how prepared, who gathers, and what is set otherwise."""
    for field in (
        "region",
        "scenario",
        "study",
        "postures",
        "scenarios",
        "events",
        "posture",
        "event",
        "settings",
    ):
        names = asked.get(field) or ()
        if shown := ", ".join(_short(name) for name in ([names] if isinstance(names, str) else names)):
            yield f"{_('event')} {shown}" if field == "event" else shown
    if asked.get("parameters") == Uncertainty.CENTRAL:
        yield Uncertainty.CENTRAL


def _short(name: str) -> str:
    return PurePath(name).name.removesuffix(".yaml")
