"""The studies: comparisons that come with the program, as `tocsin compare --list` shows them."""

import simulation
from flows.terminal import console
from results.presentation.language import of


def show_studies(json: bool) -> None:
    """All of them are listed, each with what is compared."""
    studies = [simulation.STUDIES.load(name) for name in simulation.STUDIES.names()]
    if json:
        console.print_json({"studies": [study.model_dump(mode="json") for study in studies]})
        return
    for study in studies:
        console.facts().print(f"{study.name}  {of(study.title)}", soft_wrap=True)
