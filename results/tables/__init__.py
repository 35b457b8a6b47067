"""Tables: the schema of the five tables, and outcomes as rows."""
