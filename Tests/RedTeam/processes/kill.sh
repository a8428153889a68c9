# attack: kill a process of the host's
# outside: succeeds
echo tried
kill -9 "$VICTIM"
