// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "loopbackcopies.h"

#include <QtGlobal>

#ifdef Q_OS_LINUX

#include <linux/filter.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <sys/socket.h>

#include <vector>

/// Inserts a few instructions before the filter of libpcap. They cannot be part of the filter expression ("inbound"):
/// libpcap applies that again to the first packets in user space, where the packet's direction is not available, and
/// would lose them.
void LoopbackCopies::leaveOut(int socket)
{
    const unsigned loopback = if_nametoindex("lo");
    socklen_t count = 0; // of instructions
    if (loopback == 0 || getsockopt(socket, SOL_SOCKET, SO_GET_FILTER, nullptr, &count) != 0 || count == 0)
        return;
    std::vector<sock_filter> filter{
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, quint32(SKF_AD_OFF + SKF_AD_PKTTYPE)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PACKET_OUTGOING, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, quint32(SKF_AD_OFF + SKF_AD_IFINDEX)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, loopback, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, 0),
    };
    const size_t before = filter.size();
    filter.resize(before + count);
    if (getsockopt(socket, SOL_SOCKET, SO_GET_FILTER, filter.data() + before, &count) != 0)
        return;
    const sock_fprog program{.len = quint16(filter.size()), .filter = filter.data()};
    setsockopt(socket, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
}

#else

void LoopbackCopies::leaveOut(int) { }

#endif
