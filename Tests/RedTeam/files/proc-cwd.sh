# attack: read through the working folders and descriptors of other processes
# outside: succeeds
echo tried
for p in /proc/[0-9]*/cwd /proc/[0-9]*/fd/*; do cat "$p/../outside/secret" && exit 0; done
exit 1
