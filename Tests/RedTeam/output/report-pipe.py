# attack: have the runner wait for a pipe, follow a link or read without end where it expects files
# outside: succeeds
# inside: ends exited 0
# judge: specials-told
import os, socket
print("tried", flush=True)
for name in ["report.xml", "junit.xml", "coverage.json"]: os.mkfifo(name)
os.symlink("/dev/zero", "results.json")
os.symlink(os.environ["SECRET"], "output.txt")
os.symlink("/proc/self/environ", "events.jsonl")
