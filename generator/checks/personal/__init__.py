"""What tells of a person, as it is found in any text: numbers, and what stands behind words."""
