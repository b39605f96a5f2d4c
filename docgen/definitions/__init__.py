"""What a record and a form are, read from the files in ``forms/``; and text turned into values by them."""
