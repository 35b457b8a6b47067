"""Tables: the schema of the tables, and outcomes as rows."""
