"""Charts: from the frame of a question to an Altair chart, for the page and the report."""
