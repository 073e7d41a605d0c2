// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

/// Counts the segments from and to a port of 127.0.0.1 in the kernel, each once. The kernel stores none of them, so
/// it misses none.
class SegmentCount
{
public:
    explicit SegmentCount(quint16 port)
        : m_descriptor(socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, 0))
    {
        // From the IP header on: the protocol is TCP, and one of the ports matches.
        std::array<sock_filter, 9> filter{{
            BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 9),
            BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IPPROTO_TCP, 0, 5),
            BPF_STMT(BPF_LDX | BPF_B | BPF_MSH, 0),
            BPF_STMT(BPF_LD | BPF_H | BPF_IND, 0),
            BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, port, 3, 0),
            BPF_STMT(BPF_LD | BPF_H | BPF_IND, 2),
            BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, port, 1, 0),
            BPF_STMT(BPF_RET | BPF_K, 0),
            BPF_STMT(BPF_RET | BPF_K, 0xffff),
        }};
        const sock_fprog program{.len = filter.size(), .filter = filter.data()};
        const int on = 1;
        sockaddr_ll loopback{};
        loopback.sll_family = AF_PACKET;
        loopback.sll_protocol = htons(ETH_P_IP);
        loopback.sll_ifindex = int(if_nametoindex("lo"));
        m_isCounting = setsockopt(m_descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) == 0 &&
                       setsockopt(m_descriptor, SOL_PACKET, PACKET_IGNORE_OUTGOING, &on, sizeof on) == 0 &&
                       bind(m_descriptor, reinterpret_cast<const sockaddr *>(&loopback), sizeof loopback) == 0;
    }
    ~SegmentCount() { close(m_descriptor); }
    Q_DISABLE_COPY_MOVE(SegmentCount)

    bool isCounting() const { return m_isCounting; } ///< this process is permitted to count

    qint64 count()
    {
        tpacket_stats since{}; // since the previous call
        socklen_t size = sizeof since;
        getsockopt(m_descriptor, SOL_PACKET, PACKET_STATISTICS, &since, &size);
        return m_count += since.tp_packets;
    }

private:
    int m_descriptor;
    bool m_isCounting = false;
    qint64 m_count = 0;
};
