# attack: keep the reader waiting by a daemon that holds the output open
# outside: succeeds
# inside: ends exited 0
# limits: wall-clock 300s
# judge: quick no-survivors
echo tried
setsid sh -c 'trap "" TERM HUP; sleep 200' &
exit 0
