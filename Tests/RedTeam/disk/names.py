# attack: names that no program expects
# outside: succeeds
# inside: may succeed
# judge: removable names-told
import os
print("tried", flush=True)
for name in [b"-rf", b"new\nline", b"\x1b]52;c;ZXZpbA==\x07", b"\xff\xfe", "\u202egpj.exe".encode(), b" ", b"~", b"*", b"$(touch pwned)", b"x" * 255]:
    open(name, "w").close()
