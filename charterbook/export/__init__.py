"""One output format, or one family of formats, per file. Nothing here computes: it only writes down."""
