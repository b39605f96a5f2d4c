"""YAML as text with places: ``load_marked`` reads it, ``YamlError`` says all that is wrong with it."""

from docgen.marked_yaml.faults import FAULTS, YamlError, YamlFault, fault
from docgen.marked_yaml.places import Positions
from docgen.marked_yaml.reading import MAX_BYTES, Marked, decode, load_marked

__all__ = ["FAULTS", "MAX_BYTES", "Marked", "Positions", "YamlError", "YamlFault", "decode", "fault", "load_marked"]
