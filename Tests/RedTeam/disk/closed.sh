# attack: folders that forbid everything, the worktree itself among them
# outside: succeeds
# inside: may succeed
# judge: removable
echo tried
mkdir -p closed/inner && touch closed/inner/file && chmod 000 closed/inner/file closed/inner closed .
