"""The recipe that makes the coder's weights; needs torch, is not part of the installed package."""
