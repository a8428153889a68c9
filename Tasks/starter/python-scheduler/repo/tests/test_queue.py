from scheduler import Job, Queue


def job(name, priority=10, not_before=0.0):
    return Job(name, lambda: None, priority, not_before)


def drain(queue, now=0.0):
    names = []
    while (ready := queue.pop(now)) is not None:
        names.append(ready.name)
    return names


def queue_of(*jobs):
    queue = Queue()
    for each in jobs:
        queue.push(each)
    return queue


def test_empty_queue():
    queue = Queue()
    assert len(queue) == 0
    assert queue.pop(0) is None
    assert queue.next_wake() is None


def test_urgent_jobs_first():
    queue = queue_of(job("low", 20), job("high", 1), job("middle", 10))
    assert drain(queue) == ["high", "middle", "low"]


def test_equal_priorities_keep_their_order():
    queue = queue_of(*(job(name) for name in "abcdef"))
    assert drain(queue) == list("abcdef")


def test_order_within_mixed_priorities():
    queue = queue_of(job("a", 5), job("b", 1), job("c", 5), job("d", 1), job("e", 5))
    assert drain(queue) == ["b", "d", "a", "c", "e"]


def test_delayed_jobs_wait_for_their_time():
    queue = queue_of(job("later", 1, not_before=10), job("now", 20))
    assert queue.next_wake() == 10
    assert drain(queue, now=9.9) == ["now"]
    assert drain(queue, now=10) == ["later"]


def test_woken_jobs_compete_by_priority():
    queue = queue_of(job("slow", 30, not_before=1), job("urgent", 1, not_before=2), job("plain", 10))
    assert drain(queue, now=5) == ["urgent", "plain", "slow"]


def test_cancel_by_name():
    queue = queue_of(job("a"), job("b", 1), job("a", 5, not_before=3), job("c", 2))
    assert queue.cancel("a") == 2
    assert queue.cancel("a") == 0
    assert len(queue) == 2
    assert drain(queue, now=9) == ["b", "c"]
