# attack: a file that seems to have a tebibyte
# outside: succeeds
# judge: small-worktree
echo tried
truncate -s 1T sparse || dd if=/dev/zero of=sparse bs=1 count=1 seek=1T 2>/dev/null
