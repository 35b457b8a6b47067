"""FINESS: the national register of establishments, as published until 2026 (stock files) and since (FINESS+)."""
