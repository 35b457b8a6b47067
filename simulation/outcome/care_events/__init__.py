"""Care events: what patients meet at each site, each with the event that led to it, worked out once all has happened."""
