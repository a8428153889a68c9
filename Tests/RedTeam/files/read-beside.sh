# attack: read a file beside the worktree
# outside: succeeds
echo tried
cat "$SECRET"
