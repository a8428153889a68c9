# attack: ask the cloud's metadata service
# outside: not shown: it is not there on every machine
import socket
print("tried", flush=True)
for address in ["169.254.169.254", "100.100.100.200", "fd00:ec2::254"]:
    try:
        socket.create_connection((address, 80), 1)
        raise SystemExit(0)
    except OSError as error:
        print(error)
raise SystemExit(1)
