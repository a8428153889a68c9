# attack: fill the temporary folders beyond their size
# outside: succeeds
# limits: tmp 1M, home 1M, shared-memory 1M
echo tried
for folder in /tmp "$HOME" /dev/shm; do
    head -c 3M /dev/zero > "$folder/fettle-red-team-$MARK" 2>/dev/null
    [ "$(stat -c %s "$folder/fettle-red-team-$MARK" || echo 0)" -gt 2000000 ] && found=1
    rm -f "$folder/fettle-red-team-$MARK"
done
[ -n "$found" ]
