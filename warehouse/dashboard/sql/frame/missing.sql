-- What is described and in no file yet? One row per column.
-- Of tables that nothing was ever written to, and columns that an older version
-- did not write.
select
    d.schema_name,
    d.table_name,
    d.column_name,
    d.data_type,
    v.view_name is not null as has_files
from marts.dictionary as d
left join duckdb_views() as v
    on d.schema_name = v.schema_name and d.table_name = v.view_name
left join duckdb_columns() as c
    on
        d.schema_name = c.schema_name
        and d.table_name = c.table_name
        and d.column_name = c.column_name
where d.column_name is not null and c.column_name is null
order by d.schema_name, d.table_name, d.column_number
