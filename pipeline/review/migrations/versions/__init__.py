"""One module per change of the store, oldest first."""
