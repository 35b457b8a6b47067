"""Arrays by what they hold."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
ShortFloats = NDArray[np.float32]
Numbers = NDArray[np.int64]
"""Numbers of wards, patients or rows; counts."""
ShortNumbers = NDArray[np.int32]
Codes = NDArray[np.int8]
"""Members of an IntEnum; yes or no."""
Keys = NDArray[np.uint64]
"""What draws are made from."""
Records = NDArray[np.void]
"""Rows with named fields."""
