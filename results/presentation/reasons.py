"""System errors: why the system refuses a file, an address or a process, in the words of our catalogue.

An error is known by its number, since C libraries differ in their words.
"""

import errno
import os
from collections.abc import Mapping
from typing import Final

from topologies.errors import Message

BY_NUMBER: Final[Mapping[int, Message]] = {
    errno.ENOENT: Message("No such file or directory"),
    errno.ENOTDIR: Message("Not a directory"),
    errno.EISDIR: Message("Is a directory"),
    errno.EEXIST: Message("File exists"),
    errno.ENOTEMPTY: Message("Directory not empty"),
    errno.EACCES: Message("Permission denied"),
    errno.EPERM: Message("Operation not permitted"),
    errno.EROFS: Message("Read-only file system"),
    errno.ENOSPC: Message("No space left on device"),
    errno.EDQUOT: Message("Disk quota exceeded"),
    errno.EFBIG: Message("File too large"),
    errno.EIO: Message("Input/output error"),
    errno.EBADF: Message("Bad file descriptor"),
    errno.EPIPE: Message("Broken pipe"),
    errno.EMFILE: Message("Too many open files"),
    errno.ENFILE: Message("Too many open files in system"),
    errno.ENOMEM: Message("Cannot allocate memory"),
    errno.EAGAIN: Message("Resource temporarily unavailable"),
    errno.EBUSY: Message("Device or resource busy"),
    errno.ETXTBSY: Message("Text file busy"),
    errno.ENAMETOOLONG: Message("File name too long"),
    errno.ELOOP: Message("Too many levels of symbolic links"),
    errno.EXDEV: Message("Invalid cross-device link"),
    errno.EINVAL: Message("Invalid argument"),
    errno.ENODEV: Message("No such device"),
    errno.ENXIO: Message("No such device or address"),
    errno.ENOSYS: Message("Function not implemented"),
    errno.EOPNOTSUPP: Message("Operation not supported"),
    errno.ENOLCK: Message("No locks available"),
    errno.EDEADLK: Message("Resource deadlock avoided"),
    errno.ESTALE: Message("Stale file handle"),
    errno.EREMOTEIO: Message("Remote I/O error"),
    errno.ENOEXEC: Message("Exec format error"),
    errno.ESRCH: Message("No such process"),
    errno.EADDRINUSE: Message("Address already in use"),
    errno.EADDRNOTAVAIL: Message("Cannot assign requested address"),
    errno.EAFNOSUPPORT: Message("Address family not supported by protocol"),
    errno.ECONNREFUSED: Message("Connection refused"),
    errno.ECONNRESET: Message("Connection reset by peer"),
    errno.ECONNABORTED: Message("Software caused connection abort"),
    errno.ENOTCONN: Message("Transport endpoint is not connected"),
    errno.ETIMEDOUT: Message("Connection timed out"),
    errno.EHOSTUNREACH: Message("No route to host"),
    errno.EHOSTDOWN: Message("Host is down"),
    errno.ENETUNREACH: Message("Network is unreachable"),
    errno.ENETDOWN: Message("Network is down"),
    errno.ENOBUFS: Message("No buffer space available"),
}

OF_NAMES: Final = (
    Message("Name or service not known"),
    Message("Temporary failure in name resolution"),
    Message("No address associated with hostname"),
    Message("Address family for hostname not supported"),
    Message("Non-recoverable failure in name resolution"),
    Message("Servname not supported for ai_socktype"),
    Message("timed out"),
)
"""Errors of name resolution: they have numbers too, but Python has no words for these."""

OF_SQLITE: Final = (
    Message("attempt to write a readonly database"),
    Message("database is locked"),
    Message("database disk image is malformed"),
    Message("database or disk is full"),
    Message("disk I/O error"),
    Message("file is not a database"),
    Message("unable to open database file"),
)
"""Errors of SQLite, which keeps Prefect's runs."""

BY_WORDS: Final[Mapping[str, Message]] = {
    **{os.strerror(number): reason for number, reason in BY_NUMBER.items()},
    **{reason.template: reason for reason in (*OF_NAMES, *OF_SQLITE)},
}
"""The reasons by what the C library, the resolver of names and SQLite call them here."""


def reason_of(refusal: object) -> Message:
    """The reason that the system's error gives, or that its words are; words that are not known here stay as they are.

    >>> reason_of(OSError(errno.ENOSPC, "what this machine calls it", "store")), reason_of("bad header")
    (No space left on device, bad header)
    """
    words = str(refusal)
    if isinstance(refusal, OSError):
        if known := BY_NUMBER.get(refusal.errno or 0):
            return known
        words = (refusal.strerror or words).split(" (while ")[0]  # behind them `socket` repeats the address
    return BY_WORDS.get(words) or Message("{text}", {"text": words})
