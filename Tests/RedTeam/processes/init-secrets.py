# attack: look into the sandbox's init, or take its descriptors
# outside: succeeds as root
import ctypes, os, sys
print("tried", flush=True)
libc = ctypes.CDLL(None, use_errno=True)
for path in ["fd", "environ", "mem", "maps", "exe", "root", "cwd", "io", "stack", "syscall", "auxv"]:
    path = "/proc/1/" + path
    try:
        (os.listdir if path.endswith("fd") else os.readlink if path[8:] in ("exe", "root", "cwd") else lambda p: open(p).read(1))(path)
        print(path)
        sys.exit(0)
    except OSError:
        pass
for number in range(16):
    if libc.syscall(438, os.pidfd_open(1), number, 0) >= 0:
        sys.exit(0)
sys.exit(0 if libc.ptrace(16, 1, 0, 0) == 0 or libc.ptrace(0x4206, 1, 0, 0) == 0 else 1)
