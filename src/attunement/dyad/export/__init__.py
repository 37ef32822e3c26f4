"""Simulated therapies as files: answers in the forms that `attunement follow` reads, the hidden truth beside them."""

from attunement.dyad.export.files import write_study
from attunement.dyad.export.study import Study, enrol
from attunement.dyad.export.tables import Tables, check_answers, tables_of

__all__ = ["Study", "Tables", "check_answers", "enrol", "tables_of", "write_study"]
