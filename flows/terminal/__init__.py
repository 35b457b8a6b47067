"""The terminal: what is shown on it, safely and in any encoding."""
