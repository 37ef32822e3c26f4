"""Files in, sessions out: finding out the format, the speakers and who is the therapist."""

from attunement.transcripts.finder import find_transcripts
from attunement.transcripts.formats.elan import Annotation, write_elan
from attunement.transcripts.reader import load, load_all
from attunement.transcripts.session import Roles, Session, Turn
from attunement.transcripts.writer import save

__all__ = ["Annotation", "Roles", "Session", "Turn", "find_transcripts", "load", "load_all", "save", "write_elan"]
