# attack: make a sandbox of one's own inside, to be root there
# outside: succeeds
echo tried
bwrap --unshare-user --uid 0 --ro-bind / / true 2>/dev/null && exit 0
unshare --user --map-root-user true 2>/dev/null && exit 0
unshare --mount --pid --fork true 2>/dev/null
