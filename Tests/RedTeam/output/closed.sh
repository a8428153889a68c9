# attack: confuse the reader by closing the output early
# outside: succeeds
# inside: ends exited 5
echo tried
[ "$INSIDE" ] || exit 0
exec >&- 2>&- 0<&-
sleep 0.2
exit 5
