"""What is wrong: pure functions from measurements to a finding, one file each."""
