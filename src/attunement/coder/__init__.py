"""A session in, a table of calibrated probabilities (turns × codes) out; onnxruntime on the CPU."""

from attunement.coder.model import Coder, shipped_coder
from attunement.coder.table import CodeTable, SessionCoder

__all__ = ["CodeTable", "Coder", "SessionCoder", "shipped_coder"]
