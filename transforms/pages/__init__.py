"""Bytes of a page to an Article: decode, locate, read, clean, check; listings and repeats."""
