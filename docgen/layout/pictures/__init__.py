"""Pictures: what a case shows better than it says, drawn of its data as SVG, each with a text that says the same."""
