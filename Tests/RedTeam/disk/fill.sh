# attack: fill the disk with many files, each below the limit
# outside: not shown: it would fill the disk
# limits: disk 16M, file-size 8M
# needs: disk
# work: copy-on-write
echo tried
for n in 1 2 3 4 5 6 7 8; do head -c 7M /dev/zero > "part$n" || exit 1; done
