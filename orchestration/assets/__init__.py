"""Dagster assets: each body is one call into the other rooms, plus metadata."""
