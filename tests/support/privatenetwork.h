// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>

/// A network namespace with its own loopback, for the thread that requests it and the processes that it starts.
namespace PrivateNetwork {

inline bool setLoopback(bool up)
{
    const int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    ifreq request{};
    std::strcpy(request.ifr_name, "lo");
    request.ifr_flags = up ? IFF_UP : 0;
    const bool done = ioctl(descriptor, SIOCSIFFLAGS, &request) == 0;
    close(descriptor);
    return done;
}

/// Returns false if that is not permitted (root is permitted).
inline bool enter()
{
    return unshare(CLONE_NEWNET) == 0 && setLoopback(true);
}

} // namespace PrivateNetwork
