# attack: see the host's processes
# outside: succeeds
echo tried
[ -d "/proc/$VICTIM" ] || [ "$(ls -d /proc/[0-9]* | wc -l)" -gt 8 ]
