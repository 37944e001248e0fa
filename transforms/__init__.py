"""Pure functions from feed bytes to records: no network, clock, files or database."""
