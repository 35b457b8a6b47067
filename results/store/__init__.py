"""The store: a folder of Parquet tables, one set per campaign, with what was run and whether it is intact."""
