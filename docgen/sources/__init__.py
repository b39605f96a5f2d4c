"""What people typed is read as it stands, every value with its place; what a file as a whole can lack is told here."""
