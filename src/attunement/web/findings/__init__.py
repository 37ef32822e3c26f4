"""What people make of a finding: accepted, corrected, dismissed; a supervisor's comments at a turn."""
