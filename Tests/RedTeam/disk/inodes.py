# attack: use up the disk's inodes
# outside: not shown: it would use up the disk's
# limits: inodes 1000
# needs: disk
# work: copy-on-write
import os, sys
print("tried", flush=True)
os.mkdir("many")
try:
    for n in range(5000):
        open(f"many/{n}", "w").close()
except OSError:
    sys.exit(1)
