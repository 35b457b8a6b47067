"""Charts: specifications for Vega-Lite, without a word in them but numbers and days."""
