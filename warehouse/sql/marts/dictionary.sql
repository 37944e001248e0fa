-- What everything means: one row per table and per column of this warehouse.
-- schema_name: core for what was read from feeds, marts for answers
-- table_name: Table
-- column_number: Place of the column, from 1; 0 for the table itself
-- column_name: Column; NULL for the table itself
-- data_type: Type of the column; NULL for the table itself
-- description: What it holds
with tables as (
    select
        schema_name,
        table_name,
        0 as column_number,
        null as column_name,
        null as data_type,
        comment as description
    from duckdb_tables()
    where
        database_name = current_database()
        and schema_name in ('core', 'marts')
),

columns as (
    select
        schema_name,
        table_name,
        column_index as column_number,
        column_name,
        data_type,
        comment as description
    from duckdb_columns()
    where
        database_name = current_database()
        and schema_name in ('core', 'marts')
)

select *
from tables
union all by name
select *
from columns
order by schema_name, table_name, column_number
