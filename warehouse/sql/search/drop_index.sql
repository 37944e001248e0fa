-- Takes the full-text index away: one of older articles would miss the new.
drop schema if exists fts_core_articles cascade;
