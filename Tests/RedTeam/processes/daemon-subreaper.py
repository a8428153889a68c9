# attack: leave a daemon behind, that adopts the orphans around it
# outside: succeeds
# inside: may succeed
# judge: no-survivors
import ctypes, os, signal, sys, time
print("tried", flush=True)
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        ctypes.CDLL(None).prctl(36, 1, 0, 0, 0); os.fork()
        time.sleep(20)
    os._exit(0)
time.sleep(0.1)
