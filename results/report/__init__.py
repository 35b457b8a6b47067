"""Report: a campaign as one page that a director reads in ten minutes, sends on and prints."""

from results.presentation.tlp import Tlp
from results.report.asked import Asked, NamesShown
from results.report.page import Report, report_of

__all__ = ["Asked", "NamesShown", "Report", "Tlp", "report_of"]
