# attack: read what the user types
# outside: not shown: there is nobody to type
echo tried
read -r line && exit 0
exec 3< /dev/tty
