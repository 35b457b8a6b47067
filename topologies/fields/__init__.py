"""Fields: the types of which every document from outside is made."""
