# attack: leave the control groups
# outside: succeeds as root
echo tried
for group in $(find /sys/fs/cgroup -name cgroup.procs 2>/dev/null | head -5); do [ -w "$group" ] && exit 0; done
exit 1
