# attack: use the folders in memory as memory without a limit
# outside: not shown: there is no limit
# limits: memory 64M
# needs: memory
echo tried
head -c 100M /dev/zero > /tmp/a && head -c 50M /dev/zero > /dev/shm/b && head -c 100M /dev/zero > ~/c
