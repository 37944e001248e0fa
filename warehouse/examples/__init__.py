"""Worked examples for notebooks; tests/warehouse/test_examples.py runs them."""
