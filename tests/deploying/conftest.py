"""Marks of tests that need what a deployment has."""


def pytest_configure(config):
    config.addinivalue_line("markers", "postgres: starts a PostgreSQL server of Debian's package")
