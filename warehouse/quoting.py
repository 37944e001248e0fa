"""Text and names as SQL, for the statements that take no parameters."""


def quoted_text(text: str) -> str:
    """Return text as a SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def quoted_name(*parts: str) -> str:
    """Return a name, qualified by those before it, as SQL."""
    return ".".join('"' + part.replace('"', '""') + '"' for part in parts)
