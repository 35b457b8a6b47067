"""How fast are we, beside what? Each module compares side by side in one process; `--json` gives the ratios."""
