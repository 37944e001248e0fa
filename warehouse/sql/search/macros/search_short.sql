-- A word with one consonant where it ends in the same two, as run for runn:
-- search_stem ends so.
create or replace macro search_short(word) as (
    case
        when
            length(word) > 3
            and word[-1] = word[-2]
            and regexp_matches(word, '[b-df-hj-np-tv-z]$')
            then word[:-2]
        else word
    end
);
