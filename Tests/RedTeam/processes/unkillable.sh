# attack: never be the one that goes when memory runs out
# outside: succeeds as root
echo tried
echo -1000 > /proc/self/oom_score_adj || echo -1 > /proc/self/oom_score_adj
