"""Sheets: a page for the director of each establishment: what comes to it, who helps it, what to prepare."""

from results.sheets.index import INDEX, index_of
from results.sheets.printing import printed
from results.sheets.sheet import Sheet, Sheets, sheets_of

__all__ = ["INDEX", "Sheet", "Sheets", "index_of", "printed", "sheets_of"]
