# attack: stop a process of the host's
# outside: succeeds
echo tried
kill -STOP "$VICTIM"
