# attack: learn about the machine's devices from /sys
# outside: succeeds
echo tried
[ -n "$(ls /sys/class /sys/devices /sys/fs /sys/kernel /sys/firmware 2>/dev/null)" ]
