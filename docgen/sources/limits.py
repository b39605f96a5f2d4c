"""How much memory and time a child process gets that opens a stranger's file with a library."""

from __future__ import annotations


def limit(memory: int, seconds: int) -> None:
    """Limit this process, to be called before the file is opened.

    Args:
        memory: bytes of address space.
        seconds: of computing. On Windows, which has no such limits, the parent watches the time.
    """
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # it would hold people's data
