"""Storage: models, queries and the one place that knows which database it is."""
