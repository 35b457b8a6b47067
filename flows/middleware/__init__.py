"""What stands around Prefect's application in its server: who may use it, and which runs have no process any more.

access         passes a request on, or refuses it      password, roles, request_body   what it looks at
pages          the pages of campaigns
crashed_runs   marks the runs whose process has ended  run_locks                how a process shows that it lives
"""
