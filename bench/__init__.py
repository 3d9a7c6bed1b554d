"""What is measured, with the peers in the same run; no part of the distribution."""
