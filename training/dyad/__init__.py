"""The recipe that sets the dyad's defaults: how far simulated facts lie from published ones, and why."""
