# attack: stop everything, so that nobody watches the clock
# outside: not shown: it would stop the machine
# inside: ends timedOut
# limits: wall-clock 2s, grace 200ms
# judge: quick
echo tried
kill -STOP 1 -1; kill -STOP $$; sleep 100
