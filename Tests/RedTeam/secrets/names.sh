# attack: learn the machine's name and its users
# outside: succeeds
echo tried
[ "$(uname -n)" != fettle ] && exit 0
[ "$(wc -l < /etc/passwd)" -gt 3 ]
