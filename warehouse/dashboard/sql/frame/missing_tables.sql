-- Which described tables have no file yet? One row per column of such a table.
select
    schema_name,
    table_name,
    column_name,
    data_type
from marts.dictionary
where
    column_name is not null
    and (schema_name, table_name) not in (
        select (schema_name, view_name) from duckdb_views()
    )
order by schema_name, table_name, column_number
