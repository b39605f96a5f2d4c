"""From what was typed to a checked case: values, computed figures, and everything that is wrong with them."""
