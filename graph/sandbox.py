"""Take the network away from the process that calls it: the second barrier behind `guard.py`.

On Linux a seccomp filter denies every new socket for the rest of the life of the process (seccomp(2), BPF), also those that
io_uring would make without a call of their own; no rights are needed. Elsewhere there is no such filter, and the guard stands alone.
"""

from __future__ import annotations

import ctypes
import platform
import struct
import sys

_CALLS = {"x86_64": (0xC000003E, 41, 42, 425), "aarch64": (0xC00000B7, 198, 203, 425)}
"""For each machine the audit number of its calls and the numbers of socket, connect and io_uring_setup (linux/audit.h, unistd.h)."""
_X32 = 0x40000000
"""On x86_64 calls with this bit come from another table that could go around the filter."""
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _DENY = 0x7FFF0000, 0x00050000 | 1
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2


def close_network() -> bool:
    """Deny this process all new sockets; whether that could be done."""
    if sys.platform != "linux" or platform.machine() not in _CALLS:
        return False
    arch, *denied = _CALLS[platform.machine()]
    program = [
        (_LOAD, 0, 0, 4),  # the kind of machine that the call is made for
        (_EQUAL, 1, 0, arch),
        (_RETURN, 0, 0, _DENY),
        (_LOAD, 0, 0, 0),  # the number of the call
        (_AT_LEAST, len(denied), 0, _X32),
        # each skips what lies between it and the refusal at the end
        *((_EQUAL, len(denied) - place, 0, call) for place, call in enumerate(denied)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _DENY),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in program))
    header = struct.pack("HxxxxxxP", len(program), ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_SET_SECCOMP, _FILTER, ctypes.create_string_buffer(header), 0, 0) == 0)
