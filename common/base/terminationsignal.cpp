// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "terminationsignal.h"

#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace {

// A signal handler can access nothing but globals.
int pipeEnds[2] = {-1, -1};

void handle(int)
{
    const char byte = 0;
    [[maybe_unused]] const ssize_t written = write(pipeEnds[1], &byte, 1);
}

int openPipe()
{
    if (pipe(pipeEnds) == 0) {
        for (const int end : pipeEnds)
            fcntl(end, F_SETFD, FD_CLOEXEC);
    }
    return pipeEnds[0];
}

} // namespace

TerminationSignal::TerminationSignal(QObject *parent)
    : QObject(parent)
    , m_readable(openPipe(), QSocketNotifier::Read)
{
    connect(&m_readable, &QSocketNotifier::activated, this, [this] {
        m_readable.setEnabled(false);
        emit received();
    });
    struct sigaction action = {};
    action.sa_handler = handle;
    action.sa_flags = int(SA_RESETHAND | SA_RESTART);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

#include "moc_terminationsignal.cpp"
