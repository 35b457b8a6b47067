"""The response: detection, crisis cells, plans blancs, responders, recovery."""
