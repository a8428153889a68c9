# attack: a fork bomb
# outside: not shown: it would harm the machine
# inside: ends timedOut, exited 2, exited 254
# limits: wall-clock 1s, grace 200ms, processes 64
echo tried
b() { b | b & }; b; sleep 100
