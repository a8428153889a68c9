# attack: swap a folder for a link while the runner works in the worktree
# outside: not shown: there is no runner to race with
# inside: may succeed
# limits: wall-clock 2s, grace 200ms
import os
print("tried", flush=True)
os.mkdir("swapped")
os.symlink(os.environ["OUTSIDE"], "link")
while True:
    os.rename("swapped", "held"); os.rename("link", "swapped")
    os.rename("swapped", "link"); os.rename("held", "swapped")
