# attack: read keys and histories in the user's home folder
# outside: succeeds
echo tried
cd "$HOST_HOME" && cat .ssh/id_ed25519 .aws/credentials .netrc .bash_history .docker/config.json
