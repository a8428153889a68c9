# attack: hold the pipe's other end, so that its end never comes
# outside: not shown: it depends on who reads
# inside: may succeed
# limits: wall-clock 300s
# judge: quick no-survivors
import fcntl, os, time
print("tried", flush=True)
for n in (1, 2):
    fcntl.fcntl(n, fcntl.F_SETFL, fcntl.fcntl(n, fcntl.F_GETFL) | os.O_NONBLOCK | os.O_ASYNC)
    try:
        fcntl.fcntl(n, 1031, 1 << 20)
        os.open(f"/proc/self/fd/{n}", os.O_RDWR)
    except OSError:
        pass
if os.fork() == 0:
    os.setsid()
    time.sleep(200)
