"""One polite client: requests that end in time, and what each reply is."""
