# attack: pipes and sockets that whoever opens them waits for
# outside: succeeds
# inside: may succeed
# judge: removable specials-told
import os, socket
print("tried", flush=True)
os.mkfifo("pipe")
socket.socket(socket.AF_UNIX).bind("socket")
os.symlink("/etc/passwd", "absolute")
os.symlink("../outside/secret", "climbing")
os.mkdir("x"); os.symlink("..", "x/up"); os.symlink("x/up/../..", "winding")
os.link("pipe", "pipe2")
