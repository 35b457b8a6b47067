"""Formats: tables as CSV and as XLSX, in which no text is a formula."""
