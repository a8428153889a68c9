# attack: pose as init to the launcher by its socket's name
# outside: not shown: there is no launcher
import os, socket, sys
print("tried", flush=True)
names = [line.split()[-1] for line in open("/proc/net/unix").read().splitlines()[1:] if "@" in line or "/" in line]
for name in names:
    try:
        s = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        s.connect(name.replace("@", "\0"))
        sys.exit(0)
    except OSError:
        pass
sys.exit(1)
