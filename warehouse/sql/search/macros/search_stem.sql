-- What the full-text index has for a word: it without plural, -ing, -ed and
-- last e, as cach for caching and queri for query. Words of three letters or
-- less stay as they are.
create or replace macro search_stem(word) as (
    case
        when length(word) <= 3 then word
        else
            search_short(regexp_replace(
                regexp_replace(
                    search_bare(search_singular(word)),
                    '([^aeiou])y$',
                    '\1i'
                ),
                'e$',
                ''
            ))
    end
);
