# attack: have git read objects from elsewhere
# outside: succeeds
echo tried
mkdir -p .git/objects/info && echo "$OUTSIDE" > .git/objects/info/alternates
