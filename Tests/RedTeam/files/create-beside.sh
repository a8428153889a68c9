# attack: create a file beside the worktree
# outside: succeeds
echo tried
echo new > "$OUTSIDE/new"
