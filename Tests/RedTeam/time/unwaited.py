# attack: use processor time by children whose time nobody adds up
# outside: succeeds
# inside: ends timedOut
# limits: cpu-time 300ms, wall-clock 60s
# judge: processor-time
# needs: cpu
import os, signal, time
print("tried", flush=True)
# A child that ends while its parent ignores that leaves its time to nobody (POSIX, sigaction).
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for round in range(50):
    if os.fork() == 0:
        while time.process_time() < 0.03: pass
        os._exit(0)
    time.sleep(0.03)
