"""The control room: Prefect's pages, where campaigns are ordered and watched, and who may ask."""
