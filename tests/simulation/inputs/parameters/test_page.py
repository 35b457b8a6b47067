from pathlib import Path

from simulation.inputs.parameters.page import page
from simulation.inputs.parameters.parameters import PARAMETER_NAMES, Parameters

PAGE = Path(__file__).parents[4] / "docs" / "parameters.md"


def test_the_page_is_current_and_names_every_parameter(parameters: Parameters) -> None:
    told = PAGE.read_text(encoding="utf-8")
    assert told == page(parameters), "run: python -m simulation.inputs.parameters.page > docs/parameters.md"
    assert all(f"| `{name}` |" in told for name in PARAMETER_NAMES)


def test_the_page_tells_every_cell_of_the_matrix_of_outages(parameters: Parameters) -> None:
    outages, told = parameters.outages, page(parameters)
    assert all(f"| `{cost.application}` | `{cost.stream}` |" in told for cost in outages.costs)
    assert all(f"| `{name}` |" in told for name in outages.applications)
