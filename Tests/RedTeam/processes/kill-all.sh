# attack: kill everything that may be killed
# outside: not shown: it would
# inside: ends exited 0, exited 1, signalled
echo tried
kill -9 -1
