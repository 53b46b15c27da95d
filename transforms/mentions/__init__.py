"""The organs and regions a text names, and which ones are meant."""
