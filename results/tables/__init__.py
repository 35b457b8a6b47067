"""Tables: the schema of the four tables, and outcomes as rows."""
