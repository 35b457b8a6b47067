"""Reasons of the system: why it refuses a file, an address or a process, in the words of our catalogue.

A reason is known by its number, since the words differ from one C library to another.
"""

import errno
import os
from collections.abc import Mapping
from typing import Final

BY_NUMBER: Final[Mapping[int, str]] = {
    errno.ENOENT: "No such file or directory",
    errno.ENOTDIR: "Not a directory",
    errno.EISDIR: "Is a directory",
    errno.EEXIST: "File exists",
    errno.ENOTEMPTY: "Directory not empty",
    errno.EACCES: "Permission denied",
    errno.EPERM: "Operation not permitted",
    errno.EROFS: "Read-only file system",
    errno.ENOSPC: "No space left on device",
    errno.EDQUOT: "Disk quota exceeded",
    errno.EFBIG: "File too large",
    errno.EIO: "Input/output error",
    errno.EBADF: "Bad file descriptor",
    errno.EPIPE: "Broken pipe",
    errno.EMFILE: "Too many open files",
    errno.ENFILE: "Too many open files in system",
    errno.ENOMEM: "Cannot allocate memory",
    errno.EAGAIN: "Resource temporarily unavailable",
    errno.EBUSY: "Device or resource busy",
    errno.ETXTBSY: "Text file busy",
    errno.ENAMETOOLONG: "File name too long",
    errno.ELOOP: "Too many levels of symbolic links",
    errno.EXDEV: "Invalid cross-device link",
    errno.EINVAL: "Invalid argument",
    errno.ENODEV: "No such device",
    errno.ENXIO: "No such device or address",
    errno.ENOSYS: "Function not implemented",
    errno.EOPNOTSUPP: "Operation not supported",
    errno.ENOLCK: "No locks available",
    errno.EDEADLK: "Resource deadlock avoided",
    errno.ESTALE: "Stale file handle",
    errno.EREMOTEIO: "Remote I/O error",
    errno.ENOEXEC: "Exec format error",
    errno.ESRCH: "No such process",
    errno.EADDRINUSE: "Address already in use",
    errno.EADDRNOTAVAIL: "Cannot assign requested address",
    errno.EAFNOSUPPORT: "Address family not supported by protocol",
    errno.ECONNREFUSED: "Connection refused",
    errno.ECONNRESET: "Connection reset by peer",
    errno.ECONNABORTED: "Software caused connection abort",
    errno.ENOTCONN: "Transport endpoint is not connected",
    errno.ETIMEDOUT: "Connection timed out",
    errno.EHOSTUNREACH: "No route to host",
    errno.EHOSTDOWN: "Host is down",
    errno.ENETUNREACH: "Network is unreachable",
    errno.ENETDOWN: "Network is down",
    errno.ENOBUFS: "No buffer space available",
}

OF_NAMES: Final = (
    "Name or service not known",
    "Temporary failure in name resolution",
    "No address associated with hostname",
    "Address family for hostname not supported",
    "Non-recoverable failure in name resolution",
    "Servname not supported for ai_socktype",
    "timed out",
)
"""What is said of a host name that leads nowhere: there are numbers for these too, but Python has no words for them."""

OF_SQLITE: Final = (
    "attempt to write a readonly database",
    "database is locked",
    "database disk image is malformed",
    "database or disk is full",
    "disk I/O error",
    "file is not a database",
    "unable to open database file",
)
"""What SQLite says of the database of Prefect's runs."""

BY_WORDS: Final = {os.strerror(number): sentence for number, sentence in BY_NUMBER.items()}
"""The reasons by what the C library calls them here."""


def reason_of(refusal: object) -> str:
    """The English sentence for the system's error or for that error's words; others stay as they are.

    >>> reason_of(OSError(errno.ENOSPC, "what this machine calls it", "store")), reason_of("bad header")
    ('No space left on device', 'bad header')
    """
    if isinstance(refusal, OSError):
        words = refusal.strerror or str(refusal)
        return (
            BY_NUMBER.get(refusal.errno or 0) or words.split(" (while ")[0]
        )  # there `socket` repeats the address
    return BY_WORDS.get(str(refusal), str(refusal))
