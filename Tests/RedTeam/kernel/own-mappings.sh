# attack: map other users into the sandbox's own user namespace
# outside: not shown: outside there is none to change
echo tried
(echo "0 0 4294967295" > /proc/self/uid_map) 2>/dev/null && exit 0
(echo "0 0 1" > /proc/1/uid_map) 2>/dev/null && exit 0
(echo allow > /proc/self/setgroups) 2>/dev/null && exit 0
[ "$(id -u)" = 0 ]
