"""docgen: the paperwork of performance improvement, from one typed case to checked Word and PDF documents."""

__version__ = "0.1.0"
