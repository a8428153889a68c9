# attack: leave a daemon behind, that ignores every signal
# outside: succeeds
# inside: may succeed
# judge: no-survivors
import ctypes, os, signal, sys, time
print("tried", flush=True)
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        [signal.signal(n, signal.SIG_IGN) for n in range(1, 65) if n not in (9, 19, 32, 33)]
        time.sleep(20)
    os._exit(0)
time.sleep(0.1)
