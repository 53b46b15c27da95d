"""What each figure means: category, object, aggregation, relations, confidence."""
