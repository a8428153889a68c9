# attack: connect to an abstract socket of the host's
# outside: succeeds
import os, socket
print("tried", flush=True)
socket.socket(socket.AF_UNIX).connect("\0" + os.environ["SOCKET_NAME"])
