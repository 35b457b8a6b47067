"""What it costs to read a finished campaign of ten thousand replications."""
