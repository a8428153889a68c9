# attack: look into the temporary folders of other runs and programs
# outside: succeeds
echo tried
for folder in /tmp /var/tmp /run /var/run /mnt /srv /opt /root; do
    [ -n "$(ls -A "$folder" 2>/dev/null)" ] && exit 0
done
exit 1
