# attack: leave a daemon behind, by forking twice
# outside: succeeds
# inside: may succeed
# judge: no-survivors
import ctypes, os, signal, sys, time
print("tried", flush=True)
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        pass
        time.sleep(20)
    os._exit(0)
time.sleep(0.1)
