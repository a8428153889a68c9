# attack: move the repository away and put another in its place
# outside: succeeds
echo tried
mv .git moved && mkdir .git && echo new > .git/config
