# attack: overwhelm whoever shows it by one line of escapes, marks and halves of characters
# outside: succeeds
# inside: ends exited 0
# judge: harmless-output
import os
print("tried", flush=True)
pieces = [b"\x1b[2J", b"\x1b]52;c;ZXZpbA==\x07", b"\xc2\x9b31m", "\u202e\u2066\u200b".encode(), b"\xe2\x80", b"\xf0\x9f", b"\x00",
          b"\x1bP$q\"p\x1b\\", b"\x1b_Ga=T\x1b\\", b"\r", b"\x08" * 9, "e\u0301".encode() * 40, b"\xff\xfe"]
data = b"".join(pieces) * 20000
for start in range(0, len(data), 4093): os.write(1 + start % 2, data[start:start + 4093])
