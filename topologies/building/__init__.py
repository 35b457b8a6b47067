"""Building: from the files of a folder to a whole, checked region."""
