"""What assumptions are called on screens."""
