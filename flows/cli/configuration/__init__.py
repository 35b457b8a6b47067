"""What a person sets once for all their commands."""
