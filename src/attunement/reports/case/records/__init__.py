"""The parts of `attunement/case/1`, as JSON-ready values."""

from attunement.reports.case.records.measures import alliance_record, change_record
from attunement.reports.case.records.relationship import before_next_record, frame_record, threads_record

__all__ = ["alliance_record", "before_next_record", "change_record", "frame_record", "threads_record"]
