"""Calibration: what incidents tell of the parameters, leaving each incident out in turn."""
