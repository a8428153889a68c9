# attack: a file larger than the limit
# outside: succeeds
# limits: file-size 1M
# judge: small-worktree
echo tried
head -c 3M /dev/zero > large
