"""What leaders were said and seen to do, against the competencies reviewed."""
