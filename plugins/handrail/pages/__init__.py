"""What a reader sees: views (tables as data), templates that turn them into HTML, and the pages that Handrail makes."""
