-- Which described tables have no file yet? One row per column of such a table.
select
    d.schema_name,
    d.table_name,
    d.column_name,
    d.data_type
from marts.dictionary as d
left join duckdb_views() as v
    on d.schema_name = v.schema_name and d.table_name = v.view_name
where d.column_name is not null and v.view_name is null
order by d.schema_name, d.table_name, d.column_number
