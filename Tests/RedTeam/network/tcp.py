# attack: connect to a server of the host's on the loopback
# outside: succeeds
import os, socket
print("tried", flush=True)
socket.create_connection(("127.0.0.1", int(os.environ["PORT"])), 2).sendall(b"stolen")
