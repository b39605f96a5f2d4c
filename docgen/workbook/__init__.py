"""Workbooks: new ones, made from the definitions, and copies in which what is wrong is marked."""
