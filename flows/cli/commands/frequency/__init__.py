"""The verb `frequency`: how often what severity is to be expected."""
