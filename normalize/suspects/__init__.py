"""What only the source or a person can put right: found and reported, never repaired."""
