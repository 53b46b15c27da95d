"""The explorer: search the warehouse's figures in a browser, down to the sentence."""
