"""A fault injector: known faults planted in healthy programs, kept where the symptom really appears."""
