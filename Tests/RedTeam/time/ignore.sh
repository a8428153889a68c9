# attack: ignore the request to end
# outside: succeeds
# inside: ends timedOut
# limits: wall-clock 2s, grace 200ms
# judge: quick
echo tried
[ "$INSIDE" ] || exit 0
trap '' TERM HUP INT QUIT
while :; do sleep 0.1; done
