"""Sample pages of our own writing, the bytes of the demo and of the tests."""
