"""Care events: what patients meet at each site, each with the event that led to it, found once all has happened."""
