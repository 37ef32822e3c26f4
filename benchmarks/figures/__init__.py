"""The figures of accuracy, one module a kind; `benchmarks.accuracy` puts them into one table."""
