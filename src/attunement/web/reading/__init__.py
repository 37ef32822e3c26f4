"""From an upload to the case as it stands: limits, parsing in a child process, a durable queue, its jobs."""
