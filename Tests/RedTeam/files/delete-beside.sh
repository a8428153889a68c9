# attack: delete a file beside the worktree
# outside: succeeds
echo tried
rm "$CANARY"
