"""From the document tree, and from the tree alone, to Word and PDF; and the proof that both say what it says."""
