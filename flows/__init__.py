"""Who runs it, when, how often: the campaigns of the engine as Prefect flows, and the `tocsin` command.

`flows.campaign` is the one public verb. It is looked up when it is asked for, because the workers of the pool import
this package too and must not pay for Prefect.
"""

import os
from importlib import import_module

TYPE_CHECKING = False  # as in typing, whose import would come before the signals are heeded
if TYPE_CHECKING:
    from flows.campaign import campaign

__all__ = ["campaign"]

# Prefect reads these when it is imported: nothing about our users leaves their machine.
os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")


def __getattr__(name: str) -> object:
    """The flow `campaign`, imported at its first use."""
    if name != "campaign":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module("flows.campaign").campaign
