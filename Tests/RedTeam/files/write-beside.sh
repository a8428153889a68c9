# attack: write to a file beside the worktree
# outside: succeeds
echo tried
echo defaced > "$CANARY"
