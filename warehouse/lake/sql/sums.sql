SELECT parse_filename(filename), sha256(content) FROM read_blob($paths)
