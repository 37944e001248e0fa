-- A word without -ing or -ed where these are endings, as index for indexing,
-- but string, speed and embed as they are: search_stem goes on so.
create or replace macro search_bare(word) as (
    case
        when regexp_matches(word, '(eed|embed)$') then word
        else
            regexp_replace(
                word, '^(.+[aeiouy].*|[aeiouy]..+)(ing|ed)$', '\1'
            )
    end
);
