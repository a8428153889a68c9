# attack: learn from the mounts whose worktree this is
# outside: not shown: there are no such mounts
echo tried
grep -c . /proc/self/mountinfo
grep -e "$HOST_HOME" -e "$OUTSIDE" /proc/self/mountinfo
