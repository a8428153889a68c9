# attack: have the kernel start a program on the host by a control group's release agent
# outside: not shown: it would change the machine's control groups
echo tried
mkdir -p group && mount -t cgroup -o rdma none group && exit 0
mount -t cgroup2 none group && exit 0
unshare -UrmC sh -c 'mount -t cgroup -o rdma none group' && exit 0
exit 1
