# attack: leave a core file
# outside: not shown: where it lands depends on the machine
# inside: ends signalled
# judge: no-core-file
echo tried
ulimit -c unlimited 2>/dev/null
kill -SEGV $$
