"""Where articles are: lists of sites, indexes of web archives, pages at hand."""
