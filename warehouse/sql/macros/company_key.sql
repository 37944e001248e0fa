-- A company's id or name as its letters and digits only: QA Wolf, QAWolf and
-- qa-wolf are qawolf.
create or replace macro company_key(company) as (
    regexp_replace(lower(strip_accents(company)), '[^\p{L}\p{N}]', '', 'g')
);
