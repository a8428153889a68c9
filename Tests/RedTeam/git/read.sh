# attack: read tokens from the repository's settings
# outside: succeeds
echo tried
cat .git/config
