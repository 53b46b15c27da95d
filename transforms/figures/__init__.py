"""Every number of a text that counts something, with its unit and bounds."""
