"""First sign: where and when care gave way first most often, of the crises in which it did not hold."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.analysis.compared.rows import Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstSign:
    """Where care gave way first most often, and how."""

    finess: str
    name: str
    sign: str
    """The column of the establishments table that says when."""
    replications: int
    share: float
    """Among the crises in which care did not hold and something of the kind happened."""
    median_h: float


def first_sign_of(
    rows: Rows, broken: NDArray[np.bool_], establishments: Mapping[str, Mapping[str, Any]]
) -> FirstSign | None:
    """Where it most often gave way first; of equals, the first by its number. `None` where it never did."""
    found = rows.at(np.flatnonzero(broken & ~np.isnan(rows.of("first_sign_h"))))
    if not len(found):
        return None
    (sites, names), (signs, columns) = found.codes_of("first_sign_finess"), found.codes_of("first_sign")
    every = [(names[site], columns[sign]) for site, sign in zip(sites.tolist(), signs.tolist(), strict=True)]
    (finess, sign), count = min(Counter(every).items(), key=lambda item: (-item[1], item[0]))
    at_h = found.of("first_sign_h")[[each == (finess, sign) for each in every]]
    return FirstSign(
        finess=finess,
        name=establishments[finess]["name"],
        sign=sign,
        replications=count,
        share=count / len(found),
        median_h=float(np.median(at_h)),
    )
