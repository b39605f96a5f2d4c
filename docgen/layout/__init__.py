"""From a checked case to the document tree: template sets, wording, rendering, the strict markup reader."""
