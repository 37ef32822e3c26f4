"""The model of therapist and client in a form that Hamiltonian Monte Carlo can sample, to set beside the filter."""
