# attack: read the system's secrets
# outside: succeeds as root
echo tried
cat /etc/shadow || cat /etc/gshadow || cat /etc/sudoers || cat /etc/ssh/ssh_host_*_key || cat /etc/machine-id || cat /var/lib/dbus/machine-id
