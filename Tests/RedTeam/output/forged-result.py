# attack: write a result of one's own into every descriptor there is
# outside: not shown: there is no result
# inside: ends exited 9
import os, struct, sys
print("tried", flush=True)
report = struct.pack("<IiBBBBQQQQ", 0, 0, 0, 0, 0, 0, 1, 1, 1, 1) + b"\0"
told = struct.pack("<IiiiQQQ", 3, 0, 0, 0, 1, 1, 1)
targets = list(range(3, 1024))
for path in ["/proc/self/fd", "/proc/1/fd", "/proc/self/task"]:
    try:
        targets += [f"{path}/{name}" for name in os.listdir(path)]
    except OSError:
        pass
for target in targets:
    for message in (report, told):
        try:
            fd = os.open(target, os.O_WRONLY | os.O_NONBLOCK) if isinstance(target, str) and not target.endswith(("/0", "/1", "/2")) else target
            if isinstance(fd, int):
                os.write(fd, message)
        except OSError:
            pass
sys.exit(9)
