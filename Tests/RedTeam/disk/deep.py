# attack: a tree so deep that nobody can walk or delete it
# outside: succeeds
# inside: may succeed
# judge: removable
import os
print("tried", flush=True)
for n in range(1500):
    os.mkdir("deep" * 10)
    os.chdir("deep" * 10)
open("bottom", "w").close()
