"""Fields: the types of every field that a document from outside may hold."""
