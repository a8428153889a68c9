# attack: keep the reader waiting by output that never pauses and never ends
# outside: not shown: it does not end
# inside: ends timedOut
# limits: wall-clock 2s, grace 200ms
# judge: no-survivors
trap '' TERM PIPE
echo tried
while :; do printf .; sleep 0.01; done
