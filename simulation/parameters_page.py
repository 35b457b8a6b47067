"""What is each number of the model worth, on one page for an expert?

python -m simulation.parameters_page > docs/parameters.md
"""

import sys

from simulation.parameters import Parameters, Profile, load_parameters
from topologies.quantity import Quantity

HEAD = """# The parameters

*Made from `simulation/parameters.yaml` by `python -m simulation.parameters_page > docs/parameters.md`; do not edit.*

{count} parameters, {assumed} of them assumptions: nobody publishes them, or not in the form that the model needs; the
reason says so. Low and high bound what the value itself may truly be. Spread is the log-sd between cases of a duration
that varies log-normally around its value.

| parameter | value | low | high | spread | unit | source | assumption, because |
|---|---|---|---|---|---|---|---|"""


def page(parameters: Parameters) -> str:
    """The page, a row a parameter, in the order of the model."""
    named = [(name, getattr(parameters, name)) for name in Parameters.model_fields]
    rows = [_row(name, parameter) for name, parameter in named]
    assumed = sum(parameter.assumption for _, parameter in named)
    return "\n".join([HEAD.format(count=len(rows), assumed=assumed), *rows, ""])


def _row(name: str, parameter: Quantity | Profile) -> str:
    if isinstance(parameter, Profile):
        numbers = [" ".join(f"{value:g}" for value in parameter.values), "", "", ""]
    else:
        spread = "" if parameter.log_sd is None else f"{parameter.log_sd:g}"
        numbers = [f"{parameter.value:g}", f"{parameter.low:g}", f"{parameter.high:g}", spread]
    cells = [f"`{name}`", *numbers, parameter.unit, parameter.source, parameter.reason or ""]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    sys.stdout.write(page(load_parameters()))
