"""Forms: what an establishment declares of itself in ten minutes, and fifty of them put into a region."""
