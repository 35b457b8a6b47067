"""Uncertainty: by which law what is not known of a parameter is drawn from its range, and which parameters err alike.

Some have an order, such as what is lost in the first hours on paper and what is lost by those who have learnt it. What
errs alike is drawn at one chance; where ranges cross all the same, or two are told apart by incidents, one yields.

The law is a triangle between `low` and `high` with its tip at `value`. What is measured by ratios is drawn on
logarithms: a duration that varies from case to case, or a range whose high is more than four times its low.
"""

from collections.abc import Mapping
from itertools import pairwise
from math import exp, log, sqrt

from simulation.inputs.parameters.parameters import OUTAGES, Parameters
from topologies.fields.quantity import Quantity

BY_RATIOS = 4.0
"""A convention: from here on a range says that the order of magnitude is in doubt."""
ERR_ALIKE = (
    ("foothold_noise", "privilege_noise"),
    ("trust_separate", "trust_entity"),
    ("untested_backups_multiply", "lost_backups_multiply"),
    ("switches_off_quiet", "switches_off_spared", "switches_off_hit"),
    ("ed_refuses_spared", "ed_refuses_hit"),
    ("plan_blanc_1_h", "plan_blanc_2_h"),
    ("plan_blanc_1_beds", "plan_blanc_2_beds"),
    ("plan_blanc_1_staff", "plan_blanc_2_staff"),
    ("plan_blanc_1_deprograms", "plan_blanc_2_deprograms"),
)
"""Parameters drawn at one chance, since each is at least the one before it, whatever is not known."""
AT_LEAST = {high: low for names in ERR_ALIKE for low, high in pairwise(names)} | {
    "trust_network": "trust_entity",
    "paper_shock": "paper_settled",
}
"""By a parameter's name, what it is never drawn below."""
AT_MOST = {"trust_unknown": "trust_separate"}
"""What it is never drawn above. Of two that have an order that one yields which stays within its range by it."""
_UNKNOWN = {name: "+".join(names) for names in ERR_ALIKE for name in names}


def unknown_of(name: str) -> str:
    """What is not known of a parameter: one thing for those that err alike.

    Of costs of an outage, one for all streams, with and without a plan.

    >>> unknown_of("outages.record.medicine.kept_rehearsed"), unknown_of("trust_entity")
    ('outages.record.kept', 'trust_separate+trust_entity')
    >>> unknown_of("breakout_h")
    'breakout_h'
    """
    parts = name.split(".")
    if not name.startswith(OUTAGES) or len(parts) != len(("outages", "application", "stream", "effect")):
        return _UNKNOWN.get(name, name)
    outages, application, _, effect = parts
    return f"{outages}.{application}.{effect.removesuffix('_rehearsed')}"


def at_chances(uncertain: Mapping[str, Quantity], chances: Mapping[str, float]) -> dict[str, Quantity]:
    """The quantities by their names, each at the chance of what is not known of it, in their order."""
    values = in_order({name: quantile(one, chances[unknown_of(name)]) for name, one in uncertain.items()})
    return {name: one.model_copy(update={"value": values[name]}) for name, one in uncertain.items()}


def in_order(values: Mapping[str, float]) -> dict[str, float]:
    """The values by their names, none out of order: what yields takes the value of what it may not pass.

    >>> in_order({"paper_settled": 1.1, "paper_shock": 1.05})
    {'paper_settled': 1.1, 'paper_shock': 1.1}
    """
    ordered = dict(values)
    for bounds, nearer in ((AT_MOST, min), (AT_LEAST, max)):
        for name, other in bounds.items():
            if name in ordered and other in ordered:
                ordered[name] = nearer(ordered[name], ordered[other])
    return ordered


def quantile(quantity: Quantity, chance: float) -> float:
    """The value that the quantity stays below with this chance, 0 to 1.

    >>> sure = {"unit": "h", "source": "the example"}
    >>> [quantile(Quantity(value=2, low=1, high=3, **sure), chance) for chance in (0.0, 0.5, 1.0)]
    [1.0, 2.0, 3.0]
    """
    low, tip, high = quantity.low, quantity.value, quantity.high
    if low <= 0.0 or (quantity.log_sd is None and high <= BY_RATIOS * low):
        value = _triangle(low, tip, high, chance)
    else:
        value = exp(_triangle(log(low), log(tip), log(high), chance))
    return min(high, max(low, value))  # roots and logarithms round


def _triangle(low: float, tip: float, high: float, chance: float) -> float:
    """The inverse of a triangle's distribution function."""
    width = high - low
    if width <= 0.0:
        return tip
    if chance * width <= tip - low:
        return low + sqrt(chance * width * (tip - low))
    return high - sqrt((1.0 - chance) * width * (high - tip))


def with_values(parameters: Parameters, values: Mapping[str, float]) -> Parameters:
    """The same parameters with other values, by the names of `Parameters.quantities`."""
    known = parameters.quantities
    return parameters.changed(
        {name: known[name].model_copy(update={"value": value}) for name, value in values.items()}
    )
