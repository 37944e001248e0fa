-- A word without the s of its plural, as box for boxes: search_stem begins so.
create or replace macro search_singular(word) as (
    regexp_replace(
        regexp_replace(
            regexp_replace(word, '(ss|x|z|ch|sh)es$', '\1'),
            '(..)ies$',
            '\1y'
        ),
        '([^isu])s$',
        '\1'
    )
);
