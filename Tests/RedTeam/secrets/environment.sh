# attack: read the user's environment
# outside: succeeds
echo tried
env | grep -e "TOKEN" -e "SSH_AUTH_SOCK"
