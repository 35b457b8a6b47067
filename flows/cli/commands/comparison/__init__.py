"""The verb `compare`, and what it shows."""
