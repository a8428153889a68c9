# attack: take away init's limits or its share of the processor
# outside: succeeds as root
import os, resource, sys
print("tried", flush=True)
def attempt(action):
    try:
        action()
        return True
    except OSError:
        return False
same = lambda: resource.prlimit(1, resource.RLIMIT_NOFILE, resource.prlimit(1, resource.RLIMIT_NOFILE))
affinity = lambda: os.sched_setaffinity(1, os.sched_getaffinity(1))
idle = lambda: os.sched_setscheduler(1, os.sched_getscheduler(1), os.sched_param(0))
sys.exit(0 if any([attempt(same), attempt(affinity), attempt(idle)]) else 1)
