"""What the handbook measures of itself: numbers with what they are a share of, and where the data came from."""
