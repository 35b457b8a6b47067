"""SAE: emergency visits and beds, from the annual survey of health establishments (DREES)."""
