# attack: change the permissions and times of a file beside the worktree
# outside: succeeds
echo tried
chmod 600 "$CANARY" && touch -d 2001-01-01 "$CANARY"
