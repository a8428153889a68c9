# attack: learn where the kernel lies in memory
# outside: succeeds as root
echo tried
grep -m1 -v '^0000000000000000' /proc/kallsyms && exit 0
cat /proc/self/stack /proc/self/pagemap_addresses 2>/dev/null | grep -m1 ffffffff
