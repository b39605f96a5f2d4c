"""The values of a case."""

import copy
import pickle

from docgen.model.case import Code, Gap


def test_a_code_keeps_its_list_when_copied_or_sent_to_another_process() -> None:
    code = Code("higher", "gap_direction")
    for other in (copy.deepcopy(code), pickle.loads(pickle.dumps(code))):
        assert (other, other.list) == ("higher", "gap_direction")


def test_a_gap_counts_as_false() -> None:
    assert not Gap("weight", ("targets", 0, "weight"))
