"""The catalog as a documentation site: plain Markdown pages that MkDocs and Zensical build."""
