# attack: give a file beside the worktree a second name inside it
# outside: succeeds
echo tried
ln "$CANARY" mine && echo defaced > mine
