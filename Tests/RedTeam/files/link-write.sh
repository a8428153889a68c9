# attack: write through a symbolic link that leads out
# outside: succeeds
echo tried
ln -s "$CANARY" leads-out && echo defaced > leads-out
