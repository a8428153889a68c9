#define _GNU_SOURCE
#include "CLauncher.h"
#include "internal.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST = 3 };

union control {
    char bytes[CMSG_SPACE(sizeof(struct ucred)) + CMSG_SPACE(MOST * sizeof(int))];
    struct cmsghdr aligned;
};

bool message_send(int socket, const void *bytes, size_t length, const int *descriptors, int count) {
    union control control = {{0}};
    struct iovec part = {(void *)bytes, length};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (count > 0 && count <= MOST) {
        message.msg_control = &control;
        message.msg_controllen = CMSG_SPACE(count * sizeof(int));
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(count * sizeof(int));
        memcpy(CMSG_DATA(header), descriptors, count * sizeof(int));
    }
    return sendmsg(socket, &message, MSG_NOSIGNAL) == (ssize_t)length;
}

struct message message_receive(int socket, void *bytes, size_t capacity, int flags) {
    union control control;
    struct iovec part = {bytes, capacity};
    struct msghdr parts = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    struct message message = {.descriptors = {-1, -1, -1}, .sender = -1};
    message.length = recvmsg(socket, &parts, MSG_CMSG_CLOEXEC | flags);
    if (message.length < 0) return message;
    for (struct cmsghdr *header = CMSG_FIRSTHDR(&parts); header; header = CMSG_NXTHDR(&parts, header)) {
        if (header->cmsg_level != SOL_SOCKET) continue;
        if (header->cmsg_type == SCM_CREDENTIALS) {
            struct ucred sender;
            memcpy(&sender, CMSG_DATA(header), sizeof sender);
            message.sender = sender.pid;
        } else if (header->cmsg_type == SCM_RIGHTS) {
            size_t size = header->cmsg_len - CMSG_LEN(0);
            if (size > sizeof message.descriptors) size = sizeof message.descriptors;
            memcpy(message.descriptors, CMSG_DATA(header), size);
        }
    }
    return message;
}

int fettle_start(int channel, int program, int output, int error, int64_t wall) {
    struct start start = {FETTLE_ORDER_START, wall};
    int descriptors[] = {program, output, error};
    return message_send(channel, &start, sizeof start, descriptors, 3) ? 0 : errno;
}
