// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
//
// Only for builds with the thread sanitizer. QProcess starts a child with clone(CLONE_VM | CLONE_VFORK). The
// sanitizer treats this as a fork(), and records in the memory of the presumed child that its results are no longer
// reliable. But the parent shares that memory, so the sanitizer no longer checks the thread that started the process,
// and no new thread may start. This clone() takes precedence over the sanitizer's, and calls that of the C library.
#include <sys/types.h>

#include <cstdarg>

extern "C" {

int __clone(int (*function)(void *), void *stack, int flags, void *argument, ...);

int clone(int (*function)(void *), void *stack, int flags, void *argument, ...)
{
    va_list rest;
    va_start(rest, argument);
    auto *parentTid = va_arg(rest, pid_t *);
    void *tls = va_arg(rest, void *);
    auto *childTid = va_arg(rest, pid_t *);
    va_end(rest);
    return __clone(function, stack, flags, argument, parentTid, tls, childTid);
}

} // extern "C"
