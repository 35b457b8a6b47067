"""SQL: the store as views, for analysts who ask their own questions."""
