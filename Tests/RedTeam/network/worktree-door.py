# attack: reach the host through a socket or a pipe that somebody has in the worktree
# outside: succeeds
# judge: worktree-silent
# each: socket pipe moved-socket moved-pipe linked-socket linked-pipe bared-socket bared-pipe
import ctypes, os, socket, sys

print("tried", flush=True)
way, _, kind = sys.argv[1].rpartition("-")
path = f"deep/folder/host-{kind}"
if way == "moved":
    os.rename("deep/folder", "elsewhere")
    path = f"elsewhere/host-{kind}"
elif way == "linked":
    os.link(path, "second")
    path = "second"
elif way == "bared":
    # What lies over it is taken away, or it is named from where nothing does.
    ctypes.CDLL(None).umount2(path.encode(), 2)
    os.chdir("deep")
    path = f"../deep/./folder/host-{kind}"
if kind == "socket":
    socket.socket(socket.AF_UNIX).connect(path)
else:
    os.write(os.open(path, os.O_WRONLY | os.O_NONBLOCK), b"x")
