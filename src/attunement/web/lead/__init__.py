"""What a clinic's lead does: the clinic at a glance, alerts open too long, people, cases, settings."""
