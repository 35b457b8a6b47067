"""Recording: a run as Prefect shows it.

`campaign_run` starts execution, server and `record`, and stops them in order. The subprocess of the record, the
`recorder`, takes the run through Prefect's `campaign_flow` or `comparison_flow`, with its `artifacts`; which of them is
in `flow_of`, and what they have in common in `following`.
"""
