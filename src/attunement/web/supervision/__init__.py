"""What a supervisor sees: supervisees, the minutes worth watching first, skills over time, comments at a turn."""
