# attack: connect to the host's loopback by IPv6's mapping of it and by 0.0.0.0
# outside: succeeds
import os, socket, sys
print("tried", flush=True)
for family, address in [(socket.AF_INET6, "::ffff:127.0.0.1"), (socket.AF_INET, "0.0.0.0")]:
    try:
        socket.socket(family).connect((address, int(os.environ["PORT"])))
        sys.exit(0)
    except OSError:
        pass
sys.exit(1)
