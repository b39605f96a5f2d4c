"""The nouns of the trade; this room imports nothing else of docgen."""
