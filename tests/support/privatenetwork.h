// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <fcntl.h>
#include <linux/capability.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstring>
#include <string>

/// A network namespace with its own loopback, for the thread that requests it and the processes that it starts.
namespace PrivateNetwork {

inline bool setLoopback(bool up)
{
    const int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    ifreq request{};
    std::strcpy(request.ifr_name, "lo");
    request.ifr_flags = up ? IFF_UP : 0;
    const bool done = ioctl(descriptor, SIOCSIFFLAGS, &request) == 0;
    ::close(descriptor);
    return done;
}

inline bool writeTo(const char *path, const std::string &text)
{
    const int descriptor = ::open(path, O_WRONLY | O_CLOEXEC);
    const bool done = ::write(descriptor, text.data(), text.size()) == ssize_t(text.size());
    ::close(descriptor);
    return done;
}

/// Lets the programs that this process starts change the network, too.
inline void passOnRights()
{
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    __user_cap_data_struct rights[_LINUX_CAPABILITY_U32S_3]{};
    if (syscall(SYS_capget, &header, rights) != 0)
        return;
    rights[0].inheritable |= 1U << CAP_NET_ADMIN;
    if (syscall(SYS_capset, &header, rights) == 0)
        prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_NET_ADMIN, 0, 0);
}

/// Gives an ordinary user the right to enter() a private network, and all rights there, if the system permits it. Call
/// it before the process has threads. The user's name and numbers stay as they are.
inline void prepare()
{
    const std::string user = std::to_string(geteuid());
    const std::string group = std::to_string(getegid());
    if (geteuid() == 0 || unshare(CLONE_NEWUSER) != 0)
        return;
    writeTo("/proc/self/setgroups", "deny");
    writeTo("/proc/self/uid_map", user + ' ' + user + " 1");
    writeTo("/proc/self/gid_map", group + ' ' + group + " 1");
    passOnRights();
}

/// Returns false if that is not permitted. Root is permitted, and an ordinary user after prepare().
inline bool enter()
{
    return unshare(CLONE_NEWNET) == 0 && setLoopback(true);
}

} // namespace PrivateNetwork
