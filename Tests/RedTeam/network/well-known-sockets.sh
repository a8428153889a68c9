# attack: find sockets of the system's services
# outside: succeeds
echo tried
for s in /run/* /var/run/* /tmp/.X11-unix/*; do [ -e "$s" ] && exit 0; done
[ -n "$SSH_AUTH_SOCK$DBUS_SESSION_BUS_ADDRESS$DOCKER_HOST" ]
