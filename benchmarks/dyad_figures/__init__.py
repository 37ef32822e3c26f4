"""How well the model of therapist and client can be run backwards, one module a question."""
