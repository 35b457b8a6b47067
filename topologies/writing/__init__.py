"""Writing: tables and headers as text, and files that appear whole or not at all."""
