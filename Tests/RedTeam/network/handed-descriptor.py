# attack: reach the host by a socket that was opened before, through another process's descriptors
# outside: succeeds
import os, socket
print("tried", flush=True)
# Whoever holds one open outside is to be seen here in /proc, and its descriptors to be opened again.
own = socket.create_server(("127.0.0.1", 0)) if not os.environ.get("INSIDE") else None
found = False
for process in os.listdir("/proc"):
    if not process.isdigit() or int(process) in (os.getpid(),) and os.environ.get("INSIDE"): continue
    try:
        for number in os.listdir(f"/proc/{process}/fd"):
            target = os.readlink(f"/proc/{process}/fd/{number}")
            found = found or target.startswith("socket:")
    except OSError: pass
raise SystemExit(0 if found else 1)
