"""Care: who comes, who can be taken, and what becomes of each patient."""
