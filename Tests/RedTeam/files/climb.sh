# attack: climb out of the worktree with ..
# outside: succeeds
echo tried
cat ../outside/secret || cat ../../../../../../../../../../..$SECRET
