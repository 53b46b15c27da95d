"""The same tables in a DuckLake, which any number of loaders append to: catalog and files afar."""
