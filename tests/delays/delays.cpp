// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
//
// A library to preload. It delays a program at random, as a busy machine does: it sleeps after some of the calls in
// which an event loop waits. TCPSTEPS_DELAYS is "PERMILLE MS THREADS": how often, for how long at most, and in which
// threads (all, main, others). CONTRIBUTING.md says how to use it.
#undef _FORTIFY_SOURCE // which declares poll() in another way

#include <dlfcn.h>
#include <poll.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <random>
#include <sstream>
#include <string>
#include <thread>

namespace {

struct Delays {
    int permille = 0;
    int maxMs = 0;
    std::string threads;
};

Delays requested()
{
    Delays delays;
    if (const char *text = std::getenv("TCPSTEPS_DELAYS"))
        std::istringstream(text) >> delays.permille >> delays.maxMs >> delays.threads;
    return delays;
}

bool isDelayed(const std::string &threads)
{
    const bool isMain = gettid() == getpid();
    return threads == "main" ? isMain : threads == "others" ? !isMain : true;
}

/// Sleeps at random, which is what this library is for. Keeps the errno of the call.
int late(int result)
{
    static const Delays delays = requested();
    thread_local std::minstd_rand random(std::random_device{}());
    if (isDelayed(delays.threads) && std::uniform_int_distribution(0, 999)(random) < delays.permille) {
        const int error = errno;
        const int ms = std::uniform_int_distribution(0, delays.maxMs)(random);
        std::this_thread::sleep_for(std::chrono::milliseconds(ms));
        errno = error;
    }
    return result;
}

/// The function that this library replaces.
template<typename F>
F *next(const char *name)
{
    return reinterpret_cast<F *>(dlsym(RTLD_NEXT, name));
}

} // namespace

// NOLINTBEGIN(readability-inconsistent-declaration-parameter-name): the names of the C library begin with __
extern "C" {

int poll(pollfd *descriptors, nfds_t count, int ms)
{
    static const auto call = next<decltype(poll)>("poll");
    return late(call(descriptors, count, ms));
}

int ppoll(pollfd *descriptors, nfds_t count, const timespec *time, const sigset_t *signals)
{
    static const auto call = next<decltype(ppoll)>("ppoll");
    return late(call(descriptors, count, time, signals));
}

int epoll_wait(int epoll, epoll_event *events, int count, int ms)
{
    static const auto call = next<decltype(epoll_wait)>("epoll_wait");
    return late(call(epoll, events, count, ms));
}

} // extern "C"
// NOLINTEND(readability-inconsistent-declaration-parameter-name)
