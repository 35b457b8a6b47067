"""Tables: the schema of the six tables, and outcomes as rows."""
