# attack: read a descriptor that the runner left open
# outside: succeeds
import os, sys
print("tried", flush=True)
for n in range(3, 256):
    try:
        if b"secret" in os.pread(n, 100, 0):
            sys.exit(0)
    except OSError:
        pass
print(os.listdir("/proc/self/fd"))
sys.exit(1)
