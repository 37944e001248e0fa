-- Words of a text as the full-text index has them, in order: small letters
-- without accents; signs part them, but for + and # at the end (C++, C#).
create or replace macro search_words(text) as (
    regexp_extract_all(lower(strip_accents(text)), '[\p{L}\p{N}]+[+#]*')
);
