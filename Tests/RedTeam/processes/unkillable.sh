# attack: never be the one that goes when memory runs out
# outside: succeeds as root
echo tried
(echo -1000 > /proc/self/oom_score_adj || echo -1 > /proc/self/oom_score_adj) 2>/dev/null && exit 0
# Not every root may, in a container for one.
[ "$INSIDE" ] || exit 77
exit 1
