# attack: read how the kernel was built and started
# outside: succeeds
echo tried
for file in cmdline config.gz keys key-users timer_list sched_debug; do
    [ "$(head -c 1 "/proc/$file" 2>/dev/null | wc -c)" -gt 0 ] && echo "$file" && found=1
done
[ "$found" ]
