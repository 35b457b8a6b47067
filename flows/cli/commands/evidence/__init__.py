"""Evidence: what a result is worth, by incidents that happened and by the assumptions on which it turns."""
