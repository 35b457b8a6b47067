"""Parameters: every number of the model, with its unit, its range and its source."""
