"""Why: symptoms from the recording, causes ranked from the findings."""
