"""The counting of the indicators: a file for each kind, with its columns and its thresholds."""
