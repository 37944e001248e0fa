"""A rebuilt table in the place of the old one, file by file."""

from pathlib import Path

import pyarrow as pa

from warehouse.files import remove_file, replace_file
from warehouse.tables import TableChange, core_files, count_changes, read_rows, table_name


def adopt_table(aside: Path, core: Path, schema: pa.Schema) -> TableChange:
    """Put the files of a table built in `aside` where `core` has its own, and return what changed.

    A file with the same bytes is not touched; one that the rebuilt table no longer has goes.
    """
    held, made = core_files(core, schema), core_files(aside, schema)
    new, changed, removed = count_changes(read_rows(core, schema), read_rows(aside, schema), schema)
    months = []
    for month, path in made.items():
        content = path.read_bytes()
        if month not in held or held[month].read_bytes() != content:
            replace_file(core / path.relative_to(aside), content)
            months.append(month)
    for month in held.keys() - made.keys():
        remove_file(held[month])
        months.append(month)
    return TableChange(
        table=table_name(schema),
        months=tuple(sorted(months)),
        row_count=len(read_rows(core, schema, columns=[schema.names[0]])),
        new=new,
        changed=changed,
        removed=removed,
    )
