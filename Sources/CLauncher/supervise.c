#define _GNU_SOURCE
#include "CLauncher.h"
#include "stage.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct run {
    struct request *request;
    const struct supervision *watch;
    int fettle, init, complaints; // -1 once closed, which poll passes over
    int64_t started, ended;       // milliseconds are enough for limits, microseconds for the report
    int64_t kill_at;              // 0: nobody has asked the program to end
    bool ready, over, told;
    bool given;                   // the program is known; until it has started, its descriptors are kept here
    struct start start;
    int program[3];
    struct init_report last;
    struct fettle_report report;
    char message[2048];
    size_t message_length;
};

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

static void kill_everything(struct run *run) {
    // Not waited for yet, so the number still is its own. Its death takes init, and init's the whole namespace; but
    // bubblewrap's child cannot see that death before it has its walls, so it is killed by the group they share.
    if (!run->over) kill(-run->watch->bubblewrap, SIGKILL);
}

/// TERM now, KILL when the grace is over. Asked twice, the first deadline stands.
static void end_gently(struct run *run) {
    if (run->kill_at) return;
    run->kill_at = now() + run->request->grace * 1000;
    // Without init there is nobody inside to hear it.
    if (!run->started || send(run->init, &(char){INIT_ORDER_TERM}, 1, MSG_NOSIGNAL) != 1) kill_everything(run);
}

/// Gives init the program, once both are there.
static void start_program(struct run *run) {
    if (!run->ready || !run->given || run->program[0] < 0) return;
    run->start.order = INIT_ORDER_START;
    // A pipe belongs to who made it: without this the program could not open /dev/stderr, which is its own output.
    if (run->request->user > 0)
        for (int i = 1; i < 3; i++)
            if (fchown(run->program[i], run->request->user, run->request->user) < 0) continue;
    // An init that is gone does not hear it; its end says the rest.
    message_send(run->init, &run->start, sizeof run->start, run->program, 3);
    // The program's outputs belong to the program: Fettle sees their end when the program has ended.
    for (int i = 0; i < 3; i++) {
        close(run->program[i]);
        run->program[i] = -1;
    }
}

static void hear_fettle(struct run *run) {
    struct start start = {0};
    struct message message = message_receive(run->fettle, &start, sizeof start, MSG_DONTWAIT);
    if (message.length < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (message.length == sizeof start && start.order == FETTLE_ORDER_START && message.descriptors[2] >= 0 && !run->given) {
        run->given = true;
        run->start = start;
        memcpy(run->program, message.descriptors, sizeof run->program);
        start_program(run);
        return;
    }
    for (int i = 0; i < 3; i++)
        if (message.descriptors[i] >= 0) close(message.descriptors[i]);
    if (message.length == 1 && start.order == FETTLE_ORDER_TERM) {
        end_gently(run);
        return;
    }
    if (message.length <= 0) run->fettle = -1;
    kill_everything(run);
}

static void hear_init(struct run *run) {
    struct init_report report;
    struct message message = message_receive(run->init, &report, sizeof report, MSG_DONTWAIT);
    if (message.length < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (message.length != sizeof report) {
        run->init = -1;
        return;
    }
    switch (report.event) {
    case INIT_READY:
        run->ready = true;
        // Without its groups nothing starts.
        if (message.sender > 0 && groups_join(&run->request->groups, message.sender)) {
            start_program(run);
            return;
        }
        run->message_length =
            snprintf(run->message, sizeof run->message, "cannot join the control groups: %s", strerror(errno));
        kill_everything(run);
        return;
    case INIT_STARTED: run->started = now(); return;
    case INIT_PROCESSOR_TIME_SPENT:
        run->report.processor_time_spent = run->report.timed_out = 1;
        end_gently(run);
        return;
    case INIT_DISK_FULL:
        run->report.disk_full = 1;
        end_gently(run);
        return;
    default: run->ended = now(); run->last = report;
    }
}

static void hear_complaints(struct run *run) {
    char scrap[256];
    size_t room = sizeof run->message - 1 - run->message_length;
    ssize_t count = room ? read(run->complaints, run->message + run->message_length, room)
                         : read(run->complaints, scrap, sizeof scrap);
    if (count > 0 && room) run->message_length += count;
    if (count == 0) run->complaints = -1;
}

/// Reaps everything that was ours, which includes what bubblewrap left; over when nothing is left.
static void reap(struct run *run) {
    struct signalfd_siginfo signal;
    while (read(run->watch->signals, &signal, sizeof signal) > 0)
        if (signal.ssi_signo != SIGCHLD) kill_everything(run);
    siginfo_t ended = {.si_pid = 0};
    if (!run->over && waitid(P_PID, run->watch->bubblewrap, &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_pid) {
        kill_everything(run);
        run->over = true;
    }
    while (waitpid(-1, NULL, WNOHANG) > 0) continue;
}

/// Init adds up what it sees, and does not see the time of children that nobody waits for; their group counts it.
static void look_at_processor_time(struct run *run) {
    if (!run->started || run->kill_at || !groups_time_is_spent(&run->request->groups)) return;
    run->report.processor_time_spent = run->report.timed_out = 1;
    end_gently(run);
}

static int until_next_deadline(struct run *run) {
    int64_t time = now(), deadline = 0;
    if (run->kill_at) deadline = run->kill_at;
    else if (run->started && run->start.wall > 0) deadline = run->started + run->start.wall * 1000;
    if (!deadline) return -1;
    if (time < deadline) return (deadline - time) / 1000 + 1;
    if (run->kill_at) {
        run->report.grace_exhausted = 1;
        kill_everything(run);
        return -1;
    }
    run->report.timed_out = 1;
    end_gently(run);
    return 0;
}

static void judge(struct run *run) {
    struct fettle_report *report = &run->report;
    int status = run->last.status;
    report->user_microseconds = run->last.user_microseconds;
    report->system_microseconds = run->last.system_microseconds;
    report->peak_kilobytes = run->last.peak_kilobytes;
    report->peak_processes = run->last.peak_processes;
    report->survivors = run->last.survivors;
    // A program that ended well did not need more than there was.
    if (run->last.disk_full && status != 0) report->disk_full = 1;
    if (run->started) report->wall_microseconds = (run->ended ? run->ended : now()) - run->started;
    if (run->last.event == INIT_EXEC_FAILED) {
        static const char *const steps[] = {"its limits cannot be set", "its working directory cannot be entered",
                                            "its system calls cannot be filtered", ""};
        report->ending = FETTLE_EXEC_FAILED;
        report->status = run->last.error;
        snprintf(run->message, sizeof run->message, "%s", run->last.step >= 0 && run->last.step <= STEP_EXEC ? steps[run->last.step] : "");
    } else if (run->last.event == INIT_ENDED && WIFEXITED(status)) {
        report->ending = FETTLE_EXITED;
        report->status = WEXITSTATUS(status);
    } else if (run->last.event == INIT_ENDED) {
        report->ending = FETTLE_SIGNALLED;
        report->status = WTERMSIG(status);
        report->core = WCOREDUMP(status) ? 1 : 0;
    } else {
        report->ending = run->started ? FETTLE_GONE : FETTLE_SANDBOX_FAILED;
    }
}

struct packet {
    char bytes[65536];
    size_t used;
};

static void add_text(struct packet *packet, const char *text) {
    size_t length = strlen(text) + 1;
    if (packet->used + length > sizeof packet->bytes) return;
    memcpy(packet->bytes + packet->used, text, length);
    packet->used += length;
}

static void begin_report(struct run *run, struct packet *packet) {
    judge(run);
    memcpy(packet->bytes, &run->report, sizeof run->report);
    packet->used = sizeof run->report;
    run->message[sizeof run->message - 1] = 0;
    add_text(packet, run->message);
    packet->used +=
        groups_report(&run->request->groups, packet->bytes + packet->used, sizeof packet->bytes - 8192 - packet->used);
}

static void send_report(struct run *run, const struct packet *packet) {
    send(FD_CHANNEL, packet->bytes, packet->used, MSG_NOSIGNAL);
    run->told = true;
}

/// The report is complete only when what the run made on the host is gone, or named; unless Fettle does not want to
/// wait for that.
static void clear_up_and_tell(struct run *run, const struct placeholder *placeholder) {
    static struct packet packet;
    begin_report(run, &packet);
    give_back(run->request);
    if (!placeholder_remove(placeholder)) {
        add_text(&packet, "leftover");
        add_text(&packet, "the empty .git folder in the worktree");
    }
    const char *group = groups_remove(&run->request->groups);
    if (group) {
        add_text(&packet, "leftover");
        add_text(&packet, group);
    }
    if (!run->told) send_report(run, &packet);
}

/// All that the program ever started is dead and reaped by init, which has said so: only walls are left to take down.
static void tell_promptly(struct run *run) {
    static struct packet packet;
    if (run->told || !run->ended || !run->request->is_prompt) return;
    begin_report(run, &packet);
    send_report(run, &packet);
}

void supervise(struct request *request, const struct supervision *watch, const struct placeholder *placeholder) {
    struct run run = {
        .request = request, .watch = watch, .fettle = FD_CHANNEL, .init = watch->init, .complaints = watch->complaints,
        .program = {-1, -1, -1}};
    while (!run.over) {
        struct pollfd waits[] = {
            {.fd = run.fettle, .events = POLLIN},
            {.fd = run.init, .events = POLLIN},
            {.fd = run.complaints, .events = POLLIN},
            {.fd = watch->signals, .events = POLLIN},
        };
        look_at_processor_time(&run);
        int timeout = until_next_deadline(&run);
        if (run.started && request->groups.processor_limit > 0 && (timeout < 0 || timeout > 50)) timeout = 50;
        // Again and again until init is there, since the quickness passes after a few milliseconds.
        if (!run.ready && request->groups.count) {
            groups_prepare(&request->groups);
            timeout = 3;
        }
        if (poll(waits, 4, timeout) < 0 && errno != EINTR) kill_everything(&run);
        // Init first: what it said before it died counts, whatever else came at the same moment.
        if (waits[1].revents) hear_init(&run);
        if (waits[2].revents) hear_complaints(&run);
        if (waits[0].revents) hear_fettle(&run);
        if (waits[3].revents) reap(&run);
        tell_promptly(&run);
    }
    for (char byte; run.init >= 0 && recv(run.init, &byte, 1, MSG_DONTWAIT | MSG_PEEK) > 0;) hear_init(&run);
    for (ssize_t before = -1; run.complaints >= 0 && before != (ssize_t)run.message_length;) {
        before = run.message_length;
        hear_complaints(&run);
    }
    // Whatever bubblewrap left is ours now. An init that was only just starting learns it from its closed channel.
    close(watch->init);
    for (int i = 0; i < 3; i++)
        if (run.program[i] >= 0) close(run.program[i]);
    if (request->is_landlocked) watch_end_children();
    else while (waitpid(-1, NULL, 0) > 0 || errno == EINTR) continue;
    judge(&run);
    clear_up_and_tell(&run, placeholder);
}
