"""A page to look at the answers: Streamlit over the Parquet files, and nothing else.

It reads `marts/*.parquet` and `core/**` through DuckDB in memory and never opens the warehouse
file, so that a load and the page never meet: what it shows, any tool that reads Parquet can show.

`shelf` holds the files as tables, `questions` the SQL behind every exhibit, `selection` what a
visitor filters by, `exhibit` puts a question, its chart, table, CSV and SQL on a page; `charts`
are functions from a frame to a chart, which the report uses too.
"""
