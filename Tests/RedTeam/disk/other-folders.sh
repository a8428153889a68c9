# attack: find a place for files that has no size
# outside: succeeds as root
echo tried
for folder in /dev /dev/pts /dev/mqueue /run /etc /home /fettle /fettle/in /proc /proc/self/fd / /var /mnt /sys; do
    (echo x > "$folder/fettle-red-team-$MARK") 2>/dev/null && rm "$folder/fettle-red-team-$MARK" && exit 0
done
exit 1
