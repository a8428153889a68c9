# attack: leave a file in the host's shared memory and temporary folders
# outside: succeeds
# inside: may succeed
# judge: no-marked-files
echo tried
for folder in /dev/shm /tmp /var/tmp; do echo x > "$folder/fettle-red-team-$MARK"; done
exit 0
