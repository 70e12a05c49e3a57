"""Where the time of training steps goes: waiting for data, Python between operations, tracing; and memory over time."""
