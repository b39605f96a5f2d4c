"""A company's own Word forms: read, checked, filled, finished, read back and turned into PDF."""
