"""What an establishment decides for itself: everything off and on again, its doors, its planned care."""
