"""What stands between finished bytes and the office: publishing them, and reporting on them."""
