# attack: answer the request to end with children
# outside: not shown: nobody asks it to end
# inside: ends timedOut
# limits: wall-clock 2s, grace 300ms, processes 64
# judge: quick no-survivors
import os, signal, time
print("tried", flush=True)
def breed(*_):
    for _ in range(3):
        try:
            os.fork()
        except OSError:
            pass
signal.signal(signal.SIGTERM, breed)
while True:
    time.sleep(1)
