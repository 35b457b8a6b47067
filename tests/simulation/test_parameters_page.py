from pathlib import Path

from simulation.outages import load_outages
from simulation.parameters import Parameters
from simulation.parameters_page import page

PAGE = Path(__file__).parents[2] / "docs" / "parameters.md"


def test_the_page_is_current_and_names_every_parameter(parameters: Parameters) -> None:
    told = PAGE.read_text(encoding="utf-8")
    assert told == page(parameters, load_outages()), (
        "run: python -m simulation.parameters_page > docs/parameters.md"
    )
    assert all(f"| `{name}` |" in told for name in Parameters.model_fields)


def test_the_page_tells_every_cell_of_the_matrix_of_outages(parameters: Parameters) -> None:
    outages = load_outages()
    told = page(parameters, outages)
    assert all(f"| `{cost.application}` | `{cost.stream}` |" in told for cost in outages.costs)
    assert all(f"| `{name}` |" in told for name in outages.applications)
