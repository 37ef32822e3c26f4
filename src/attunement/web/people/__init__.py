"""Clinics and their staff: roles, who supervises whom, invitations, signing in with a second factor."""
