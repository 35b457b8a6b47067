"""Everyone's parameters: what all incidents tell together, as it stands where the model reads its parameters.

`python -m flows.cli.calibration` writes value, low and high of each parameter that incidents narrow by a tenth: the
median of what is believed of it, and ends between which it is drawn as widely as it is believed. Of the others the
files say what they said.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from backtest.calibration.beliefs import Beliefs, load_learnt
from backtest.calibration.matrix_law import OUTSIDE, load_matrix_law
from backtest.calibration.priors import load_priors
from simulation.inputs.parameters.parameters import FOLDER, OUTAGES

CHANCES = (0.5, 0.007, 0.993)
"""A range is drawn as a triangle, of which the standard deviation is its half-width over the root of six: that of a
normal score, where the ends lie 2.45 standard deviations away. At the 5th and 95th percentiles it would be two thirds.
"""
MOST_SD = 0.9
"""Of a score: incidents that narrow what is believed by less than a tenth leave its file as it is, by choice."""
DIGITS = 3


class Told(NamedTuple):
    """What a parameter's file says of it."""

    value: float
    low: float
    high: float
    source: str


def told_to_everyone() -> dict[str, Told]:
    """What incidents tell of each parameter, by the names of `Parameters.quantities`."""
    learnt = load_learnt()
    beliefs, law = learnt.by_all, load_matrix_law()
    found: dict[str, Told] = {}
    for name, tellers in learnt.tellers.items():
        if beliefs.sd(name) > MOST_SD:
            continue
        source = f"calibration by {', '.join(tellers)}"
        if name in law.names:
            found |= {cell: Told(*three, source) for cell, three in _cells(name, beliefs)}
        else:
            found[name] = Told(*_ordered([beliefs.value(name, chance) for chance in CHANCES]), source)
    return found


def _cells(name: str, beliefs: Beliefs) -> Iterator[tuple[str, tuple[float, float, float]]]:
    """The cells of the matrix that hang on one number of its law, each with value, low and high."""
    law = load_matrix_law()
    needs = {need: share.value for need, share in law.needs.items()}
    middle = {one: beliefs.value(one, 0.5) for one in load_priors() if one in law.names}
    versions = [law.cells(middle | {name: beliefs.value(name, chance)}, needs) for chance in CHANCES]
    for cell in versions[0]:
        mine = (
            cell.endswith(".outside") if name == OUTSIDE else cell.split(".")[2] == name.removeprefix(OUTAGES)
        )
        if mine:
            yield cell, _ordered([version[cell] for version in versions])


def _ordered(three: list[float]) -> tuple[float, float, float]:
    """Value, low and high, as many digits as they are worth."""
    value, *ends = (float(f"{number:.{DIGITS}g}") for number in three)
    return value, min(ends), max(ends)


def write_everyone(folder: Path = FOLDER) -> None:
    """The parameter files say what incidents tell."""
    told = told_to_everyone()
    for path in sorted(folder.glob("*/*.yaml")):
        text = path.read_text("utf-8")
        for name, one in told.items():
            text = _with_parameter(text, name, one)
        path.write_text(_with_matrix(text, told) if path.name == "outages.yaml" else text, "utf-8")


def _with_parameter(text: str, name: str, told: Told) -> str:
    """The text of a file with what is told of a parameter that has a block of its own there."""
    block = re.search(rf"(?m)^{re.escape(name)}:\n(?:  .*\n)+", text)
    if not block:
        return text
    lines = block[0].replace("  assumption: true\n", "")
    for field, value in told._asdict().items():
        lines = _replaced(rf"^  {field}: .*$", f"  {field}: {value}", lines)
    return text.replace(block[0], lines)


def _with_matrix(text: str, told: Mapping[str, Told]) -> str:
    """The text of the matrix with what is told of its cells, and of how far applications lean on the outside."""
    law = load_matrix_law()
    for stream, applications in law.costs.items():
        for application, need in applications.items():
            cell = f"{OUTAGES}{application}.{stream}"
            if f"{cell}.kept" in told:
                text = _with_cell(
                    text, cell, told, f"what is kept by need ({need}): {law.needs[need].reason}"
                )
    for application in law.outside:
        if one := told.get(f"{OUTAGES}{application}.outside"):
            numbers = f"value: {one.value}, low: {one.low}, high: {one.high}"
            before = rf"(?s)(^  {application}:\n.*?    outside: {{)[^}}]*?"
            after = r'unit: share, source: "[^"]*"(?:, assumption: true)?'
            text = _replaced(before + after, rf'\g<1>{numbers}, unit: share, source: "{one.source}"', text)
    return text


def _with_cell(text: str, cell: str, told: Mapping[str, Told], reason: str) -> str:
    """One cell: what is kept; stays and minutes have the source that they had."""
    _, application, stream = cell.split(".")
    block = re.search(rf"(?m)^  - application: {application}\n    stream: {stream}\n(?:    .*\n)+", text)
    if not block:
        return text
    lines = block[0]
    for effect in ("kept", "kept_rehearsed"):
        one = told[f"{cell}.{effect}"]
        lines = _replaced(
            rf"^    {effect}: .*$", f"    {effect}: [{one.value}, {one.low}, {one.high}]", lines
        )
    before = r'^    source: "(?:kept: calibration [^;]*; )?'
    lines = _replaced(before, f'    source: "kept: {told[f"{cell}.kept"].source}; ', lines)
    return text.replace(block[0], _replaced(r"^    reason: .*$", f'    reason: "{reason}"', lines))


def _replaced(what: str, by: str, text: str) -> str:
    return re.sub(what, by, text, count=1, flags=re.MULTILINE)
