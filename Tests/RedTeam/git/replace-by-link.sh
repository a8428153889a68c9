# attack: put a link in the repository's place
# outside: succeeds
echo tried
rm -rf .git && ln -s "$OUTSIDE" .git
