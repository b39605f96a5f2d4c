"""Proofs: a template set and its forms tried with invented cases, and what is wrong with them told by file and line."""
