# attack: read through a symbolic link that leads out
# outside: succeeds
echo tried
ln -s "$OUTSIDE" leads-out && cat leads-out/secret
