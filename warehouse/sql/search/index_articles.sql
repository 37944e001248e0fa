-- Full-text index over titles and texts of all articles, in its own schema.
pragma create_fts_index(  -- noqa: PRS
    'core.articles', 'article_id', 'title', 'text', overwrite = 1
);
