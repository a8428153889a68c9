# attack: find a way out in the routing table and the list of interfaces
# outside: not shown: a machine may have no network
echo tried
grep -v -e '^Iface' -e '^lo' /proc/net/route && exit 0
[ "$(grep -c : /proc/net/dev)" -gt 1 ]
