-- Which columns do the marts have? One row per column.
select
    table_name,
    column_name
from marts.dictionary
where schema_name = 'marts' and column_name is not null
