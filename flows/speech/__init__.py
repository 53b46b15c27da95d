"""What the user is told: sentences and help in two languages, progress, interrupts."""
