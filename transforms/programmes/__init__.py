"""Named campaigns, actions, lists, mechanisms and inspection rounds."""
