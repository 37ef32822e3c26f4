"""FHIR R4: questionnaires and answers in; scores, ratings of the alliance and alerts out, as observations."""
