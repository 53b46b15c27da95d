"""Who did what a figure counts, who reports it, and to whom it was done."""
