"""Of what days a figure speaks, and how that is known."""
