# attack: open a server that the host reaches
# outside: succeeds
# limits: wall-clock 5s
# judge: server-unreachable
import os, socket
print("tried", flush=True)
server = socket.create_server(("", int(os.environ["FREE_PORT"])))
server.settimeout(0.6)
server.accept()
