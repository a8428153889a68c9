# attack: connect to a socket in the host's files, as docker's or the ssh agent's is
# outside: succeeds
import os, socket
print("tried", flush=True)
socket.socket(socket.AF_UNIX).connect(os.environ["SOCKET_PATH"])
