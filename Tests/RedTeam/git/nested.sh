# attack: leave a repository in a folder, whose hooks git runs there
# outside: succeeds
# inside: may succeed
# judge: nested-told
echo tried
mkdir -p vendor/.git/hooks bare/objects bare/refs other && echo 'ref: refs/heads/main' > bare/HEAD
printf '[core]\n\tfsmonitor = touch pwned\n' > vendor/.git/config
echo 'gitdir: ../../outside' > other/.GIT
