"""Where a report can be sent besides the screen: one file per sink, each with a `SINK`."""
